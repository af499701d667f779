import type { v21 } from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import type { ActionOf } from "../dialect.ts";
import { cut } from "../traffic/cut.ts";

/** The standardized reasons (part 2, appendices) that this station gives. */
export type ReasonCode =
  | "CSNotAccepted"
  | "DuplicateProfile"
  | "InvalidConfSlot"
  | "InvalidIdToken"
  | "InvalidNetworkConf"
  | "InvalidOperationMode"
  | "InvalidProfile"
  | "InvalidSchedule"
  | "InvalidStackLevel"
  | "InvalidValue"
  | "MissingParam"
  | "NoSecurityDowngrade"
  | "NoSignalWattCurve"
  | "NotEnabled"
  | "NotFound"
  | "OutOfStorage"
  | "ReadOnly"
  | "TooManyElements"
  | "TxInProgress"
  | "TxNotFound"
  | "UnknownConnectorId"
  | "UnknownConnectorType"
  | "UnknownEvse"
  | "UnknownTxId"
  | "Unspecified"
  | "UnsupportedParam"
  | "UnsupportedRateUnit"
  | "ValueOutOfRange"
  | "ValuePositiveOnly"
  | "WriteOnly";

/** An answer that says why. */
export interface Refusal<Status extends string> {
  readonly status: Status;
  readonly statusInfo: v21.StatusInfoType;
}

/** What 2.0.1 has room for; 2.1 has twice as much. */
const LONGEST_INFO = 512;

/** Why something is as it is: for a person who reads the answer. */
export function statusInfo(reasonCode: ReasonCode, why: string): v21.StatusInfoType {
  return { reasonCode, additionalInfo: cut(why, LONGEST_INFO) };
}

/** How an action is refused: `why` is a clause or a sentence, for the CSMS and for the log. */
export function refusing<Status extends string>(
  { log }: Pick<Charger, "log">,
  action: ActionOf<"2.1">,
  status: Status,
): (reasonCode: ReasonCode, why: string) => Refusal<Status> {
  return (reasonCode, why) => {
    log.info(`${action} is answered ${status}: ${why}`, { reasonCode });
    return { status, statusInfo: statusInfo(reasonCode, why) };
  };
}
