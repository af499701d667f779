import type { VersionId } from "../../../src/ocpp/mod.ts";
import { OCCUPANCY } from "../../../src/station/occupancy.ts";
import type { ConnectorStatus } from "../../../src/station/words.ts";
import type { SentCall } from "../../support/fake_csms.ts";
import type { Chance } from "./chance.ts";
import { ACTIONS_16 } from "./csms_actions_v16.ts";
import { ACTIONS_2, setVariable } from "./csms_actions_v2.ts";
import type { Ledger, Watch } from "./ledger.ts";
import { Ledger16 } from "./ledger_v16.ts";
import { Ledger2 } from "./ledger_v2.ts";
import type { Actions } from "./stage.ts";
import { TOKENS } from "./tokens.ts";

type Payload = Record<string, unknown>;

/** How a CSMS speaks to a station of one version. */
export interface Tongue {
  /** The type of tokens. */
  readonly tokenType: string;
  /** What a CSMS asks of a station. */
  readonly actions: Actions;
  /** With these nothing of a transaction is ever given up, so nothing may be missing in the end. */
  readonly patience: readonly (readonly [action: string, payload: Payload])[];
  /** A transaction runs while energy may flow, and at no other time; in 2.x TxStartPoint and TxStopPoint say. */
  readonly isTransactionEnergy: boolean;
  /** 2.x B03.FR.05; a rejected station of 1.6 is silent. */
  readonly answersWhileRejected: boolean;
  /** The answer to a call that has a token; `isWrong`: the token turns out not to be valid. */
  token(call: SentCall, isWrong: boolean): Payload;
  ledger(watch: Watch): Ledger;
  /** What the CSMS is told of a status. */
  spell(status: ConnectorStatus): string;
}

const V16: Tongue = {
  tokenType: "",
  actions: ACTIONS_16,
  patience: [
    ["ChangeConfiguration", { key: "TransactionMessageAttempts", value: "1000000" }],
    ["ChangeConfiguration", { key: "TransactionMessageRetryInterval", value: "1" }],
  ],
  isTransactionEnergy: true,
  answersWhileRejected: false,
  token({ action, payload: { idTag } }, isWrong) {
    if (!["Authorize", "StartTransaction", "StopTransaction"].includes(action)) return {};
    if (idTag === undefined) return {};
    return { idTagInfo: isWrong ? INVALID : TOKENS[String(idTag)] ?? INVALID };
  },
  ledger: (watch) => new Ledger16(watch),
  spell: (status) => status,
};

const V2: Tongue = {
  tokenType: "ISO14443",
  actions: ACTIONS_2,
  patience: [
    ["SetVariables", setVariable("OCPPCommCtrlr.MessageAttempts.TransactionEvent", "1000000")],
    ["SetVariables", setVariable("OCPPCommCtrlr.MessageAttemptInterval.TransactionEvent", "1")],
  ],
  isTransactionEnergy: false,
  answersWhileRejected: true,
  token({ action, payload }, isWrong) {
    if (!["Authorize", "TransactionEvent"].includes(action)) return {};
    const { idToken } = payload as { idToken?: { idToken: string } };
    if (idToken === undefined) return {};
    const { status, parentIdTag, expiryDate } = (isWrong ? undefined : TOKENS[idToken.idToken]) ??
      { status: "Invalid" } as (typeof TOKENS)[string];
    return {
      idTokenInfo: {
        status,
        ...(parentIdTag === undefined
          ? {}
          : { groupIdToken: { idToken: parentIdTag, type: "Central" } }),
        ...(expiryDate === undefined ? {} : { cacheExpiryDateTime: expiryDate }),
      },
    };
  },
  ledger: (watch) => new Ledger2(watch),
  spell: (status) => OCCUPANCY[status],
};

const INVALID = { status: "Invalid" };

/** The same for 2.0.1 and 2.1. */
export const TONGUES = { "1.6": V16, "2.0.1": V2, "2.1": V2 } as const satisfies Record<
  VersionId,
  Tongue
>;

/** The answer to what is no matter of tokens and transactions. */
export function plainAnswer({ action }: SentCall, chance: Chance): Payload {
  if (action === "DataTransfer") return { status: "UnknownVendorId" };
  if (action === "SignCertificate") return { status: "Accepted" };
  if (action === "OpenPeriodicEventStream") {
    return { status: chance.percent(80) ? "Accepted" : "Rejected" };
  }
  if (action === "PullDynamicScheduleUpdate") return { status: "Rejected" };
  return {};
}
