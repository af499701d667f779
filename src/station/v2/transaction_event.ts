import type { v201 } from "../../ocpp/mod.ts";
import { type ResponseOf, says } from "../dialect.ts";
import type { TransactionAnswer, TransactionEnded, TransactionEvent, Trigger } from "../spoken.ts";
import { writeTime } from "../time.ts";
import type { StopReason } from "../words.ts";
import { readIdTokenInfo, writeIdToken } from "./id_token.ts";
import { meterValue } from "./sampled_value.ts";

/** A transaction has started (E01 to E03). What does not change any more is said here only. */
export const transactionStarted = says<
  "2.0.1",
  "TransactionEvent",
  TransactionEvent,
  TransactionAnswer
>({
  action: "TransactionEvent",
  request: (event) => ({
    eventType: "Started",
    ...common(event, true),
    evse: { id: event.transaction.connectorId, connectorId: 1 },
  }),
  answer: readAnswer,
});

/** A transaction goes on: its meter was read, or something about it is new (E02). */
export const transactionUpdated = says<
  "2.0.1",
  "TransactionEvent",
  TransactionEvent,
  TransactionAnswer
>({
  action: "TransactionEvent",
  request: (event) => ({
    eventType: "Updated",
    ...common(event, AUTHORIZING.includes(event.trigger)),
  }),
  answer: readAnswer,
});

/** A transaction has ended (E06, E07). */
export const transactionEnded = says<
  "2.0.1",
  "TransactionEvent",
  TransactionEnded,
  TransactionAnswer
>({
  action: "TransactionEvent",
  request({ reason, stopToken, ...event }) {
    const { transactionInfo, ...rest } = common(event, false);
    return {
      eventType: "Ended",
      ...rest,
      transactionInfo: {
        ...transactionInfo,
        // Nothing flows any longer, whatever did before.
        chargingState: reason === "EVDisconnected" ? "Idle" : "EVConnected",
        stoppedReason: REASONS[reason],
      },
      idToken: stopToken === null ? undefined : writeIdToken(stopToken),
    };
  },
  answer: readAnswer,
});

/** With these, an event of a running transaction tells whose it is. */
const AUTHORIZING: readonly Trigger[] = ["Authorized", "RemoteStart"];

/** ReasonEnumType. It knows one reset, and no unlocking that ends a transaction. */
const REASONS = {
  DeAuthorized: "DeAuthorized",
  EmergencyStop: "EmergencyStop",
  EVDisconnected: "EVDisconnected",
  HardReset: "ImmediateReset",
  Local: "Local",
  Other: "Other",
  PowerLoss: "PowerLoss",
  Reboot: "Reboot",
  Remote: "Remote",
  SoftReset: "ImmediateReset",
  UnlockCommand: "Other",
  EnergyLimitReached: "EnergyLimitReached",
  GroundFault: "GroundFault",
  ImmediateReset: "ImmediateReset",
  LocalOutOfCredit: "LocalOutOfCredit",
  MasterPass: "MasterPass",
  OvercurrentFault: "OvercurrentFault",
  PowerQuality: "PowerQuality",
  SOCLimitReached: "SOCLimitReached",
  StoppedByEV: "StoppedByEV",
  TimeLimitReached: "TimeLimitReached",
  Timeout: "Timeout",
} as const satisfies Record<StopReason, v201.ReasonEnumType>;

/** @param isAuthorizing whose transaction it is, and what it goes back to, is news */
function common(event: TransactionEvent, isAuthorizing: boolean) {
  const { transaction, at, trigger, seqNo, offline, chargingState, samples } = event;
  const { idToken, reservationId, remoteStartId } = transaction;
  const values = meterValue(samples);
  return {
    timestamp: writeTime(at),
    triggerReason: trigger,
    seqNo,
    offline: offline ? true : undefined,
    idToken: isAuthorizing && idToken !== null ? writeIdToken(idToken) : undefined,
    reservationId: isAuthorizing && reservationId !== null ? reservationId : undefined,
    meterValue: values.length === 0 ? undefined : values,
    transactionInfo: {
      transactionId: transaction.id,
      chargingState,
      remoteStartId: isAuthorizing && remoteStartId !== null ? remoteStartId : undefined,
    },
  };
}

/** The id is the station's own: the CSMS gives none. */
function readAnswer(
  { idTokenInfo }: ResponseOf<"2.0.1", "TransactionEvent">,
): TransactionAnswer {
  return { csmsId: null, idTokenInfo: idTokenInfo ? readIdTokenInfo(idTokenInfo) : null };
}
