import type { ConnectorFacts } from "../charger.ts";
import type { ConnectorStatus } from "../words.ts";
import type { DisplayMessage, DisplayState } from "./display_message.ts";

/** Where and when somebody looks at a display. */
export interface Glance {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly connector: Pick<ConnectorFacts, "id" | "status" | "transaction">;
}

/**
 * The messages that a display shows by turns to whoever stands at a connector: the one that is always
 * in front, else those in front, else the others (MessagePriorityEnumType; O01).
 */
export function shown(
  messages: readonly DisplayMessage[],
  { at, connector: { id, status, transaction } }: Glance,
): readonly DisplayMessage[] {
  const due = messages.filter((message) =>
    (message.from ?? -Infinity) <= at && at < (message.to ?? Infinity) &&
    (message.state === null || message.state === STATES[status]) &&
    (message.transactionId === null || message.transactionId === transaction?.id) &&
    (message.display === null || message.display.connectorId === null ||
      message.display.connectorId === id)
  );
  for (const priority of ["AlwaysFront", "InFront"]) {
    const front = due.filter((message) => message.priority === priority);
    if (front.length > 0) return front;
  }
  return due;
}

const STATES = {
  Available: "Idle",
  Preparing: "Idle",
  Charging: "Charging",
  SuspendedEV: "Suspended",
  SuspendedEVSE: "Suspended",
  Finishing: "Idle",
  Reserved: "Idle",
  Unavailable: "Unavailable",
  Faulted: "Faulted",
} as const satisfies Record<ConnectorStatus, DisplayState>;
