import type { v201 } from "../../ocpp/mod.ts";
import { type ResponseOf, says } from "../dialect.ts";
import type { TransactionAnswer, TransactionEnded, TransactionEvent, Trigger } from "../spoken.ts";
import { writeTime } from "../time.ts";
import type { StopReason } from "../words.ts";
import { readIdTokenInfo, readMessage, writeIdToken } from "./id_token.ts";
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
    ...common(event),
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
  request: (event) => ({ eventType: "Updated", ...common(event) }),
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
  request({ reason, ...event }) {
    const { transactionInfo, ...rest } = common(event);
    return {
      eventType: "Ended",
      ...rest,
      transactionInfo: { ...transactionInfo, stoppedReason: REASONS[reason] },
    };
  },
  answer: readAnswer,
});

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

/** What only 2.1 has a word for: to 2.0.1 something is otherwise than before. */
const WORDS_201 = {
  CostLimitReached: "ChargingStateChanged",
  LimitSet: "ChargingStateChanged",
  OperationModeChanged: "ChargingStateChanged",
  SoCLimitReached: "ChargingStateChanged",
  TariffChanged: "ChargingStateChanged",
  TxResumed: "ChargingStateChanged",
} as const satisfies Record<
  Exclude<Trigger, v201.TriggerReasonEnumType>,
  v201.TriggerReasonEnumType
>;

function isOf21(trigger: Trigger): trigger is keyof typeof WORDS_201 {
  return Object.hasOwn(WORDS_201, trigger);
}

function common(event: TransactionEvent) {
  const { transaction, at, trigger, seqNo, offline, chargingState, samples } = event;
  const { tellsOwner = false, stopToken = null } = event;
  const { reservationId, remoteStartId } = transaction;
  const token = stopToken ?? (tellsOwner ? transaction.idToken : null);
  const values = meterValue(samples);
  return {
    timestamp: writeTime(at),
    triggerReason: isOf21(trigger) ? WORDS_201[trigger] : trigger,
    seqNo,
    offline: offline ? true : undefined,
    idToken: token === null ? undefined : writeIdToken(token),
    reservationId: tellsOwner && reservationId !== null ? reservationId : undefined,
    meterValue: values.length === 0 ? undefined : values,
    transactionInfo: {
      transactionId: transaction.id,
      chargingState,
      remoteStartId: tellsOwner && remoteStartId !== null ? remoteStartId : undefined,
    },
  };
}

/** The id is the station's own: the CSMS gives none. What it has to say to the driver may be new (I06). */
function readAnswer(
  { idTokenInfo, updatedPersonalMessage }: ResponseOf<"2.0.1", "TransactionEvent">,
): TransactionAnswer {
  const message = readMessage(updatedPersonalMessage);
  return {
    csmsId: null,
    idTokenInfo: idTokenInfo ? readIdTokenInfo(idTokenInfo) : null,
    ...(message === null ? {} : { message }),
  };
}
