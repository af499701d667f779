import type { Params } from "./ocpp_rpc.ts";

/** What a friendly CSMS of 2.x answers. */
export function answer2(action: string, payload: Params): Params {
  const idTokenInfo = { status: "Accepted" };
  if (action === "Authorize") return { idTokenInfo };
  if (action === "TransactionEvent") return payload.idToken === undefined ? {} : { idTokenInfo };
  return ACCEPTED.includes(action) ? { status: "Accepted" } : {};
}

const ACCEPTED: readonly string[] = [
  "DataTransfer",
  "OpenPeriodicEventStream",
  "SignCertificate",
];

/** A CALL that only ends the readings of transactions. */
export function isQuieting([, , , payload]: readonly unknown[]): boolean {
  return /"MeterValueSampleInterval"|"TxUpdatedInterval"/.test(JSON.stringify(payload));
}

/** Of readings in a row one is enough. */
export function isReading(line: string): boolean {
  return line.includes("MeterValues") || line.includes("MeterValuePeriodic");
}

/** A CALL with what tells it from others of its action. */
export function describe(action: string, payload: Params): string {
  const details = DETAILS[action]?.(payload) ?? [payload.status, payload.reason, payload.type];
  return [action, ...details].filter((detail) => detail !== undefined).join(" ");
}

/** Of a transaction. */
interface Info {
  readonly chargingState?: string;
  readonly stoppedReason?: string;
}

/** What a monitor found. */
interface Found {
  readonly component: { readonly name: string };
  readonly variable: { readonly name: string };
  readonly trigger: string;
  readonly cleared?: boolean;
}

const DETAILS: Readonly<Record<string, (payload: Params) => readonly unknown[]>> = {
  NotifyEvent: ({ eventData }) => {
    const [event] = eventData as readonly Found[];
    const what = `${event?.component.name}.${event?.variable.name}`;
    return [what, event?.trigger, event?.cleared ? "cleared" : undefined];
  },
  ReservationStatusUpdate: ({ reservationUpdateStatus }) => [reservationUpdateStatus],
  StatusNotification: ({ connectorId, status, evseId, connectorStatus }) =>
    evseId === undefined ? [connectorId, status] : [evseId, connectorStatus],
  TransactionEvent: ({ eventType, triggerReason, transactionInfo }) => {
    const { chargingState, stoppedReason } = transactionInfo as Info;
    const state = triggerReason === "ChargingStateChanged" ? chargingState : undefined;
    return [eventType, triggerReason, state, stoppedReason];
  },
};

/** What an answer says, in a word. */
export function outcome(frame: readonly unknown[]): string {
  if (frame[0] === 4) return String(frame[2]);
  const { status, idTagInfo, idTokenInfo, ...results } = frame[2] as {
    status?: string;
    idTagInfo?: { status: string };
    idTokenInfo?: { status: string };
  };
  return status ?? (idTagInfo ?? idTokenInfo)?.status ?? resultOf(results);
}

/** Of a list of results, that of the first. */
function resultOf(results: object): string {
  const [list] = Object.values(results);
  const [first] = Array.isArray(list) ? list : [];
  return first?.attributeStatus ?? first?.status ?? "";
}
