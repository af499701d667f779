import type { Cancel } from "../clock/mod.ts";
import type { ConnectorFacts } from "./charger.ts";
import {
  type ConnectorEvent,
  type ConnectorState,
  statusOf,
  transition,
  UNUSED,
} from "./connector_state.ts";
import type { Meter } from "./energy/meter.ts";
import type { ChargingProfile } from "./smart/profile.ts";
import type { Transaction } from "./transaction.ts";
import type { ConnectorStatus, IdToken } from "./words.ts";

/** Somebody may use a connector, and has not begun yet. */
export interface Grant {
  readonly idToken: IdToken;
  readonly groupId: IdToken | null;
  readonly reservationId: number | null;
  /** For the transaction that will begin. */
  readonly profile: ChargingProfile | null;
  readonly remoteStartId: number | null;
  /** It came from the CSMS and not from somebody at the station. */
  readonly remote: boolean;
}

/** Who hears of a connector. */
export interface ConnectorOwner {
  /** Its state is another than before. */
  connectorMoved(connector: Connector, before: ConnectorState): void;
}

/** One connector (in 2.x: an EVSE with its only connector): its state, and what hangs on it. */
export class Connector {
  readonly id: number;
  readonly type: string;
  /** Watts. */
  readonly maxPower: number;
  grant: Grant | null = null;
  transaction: Transaction | null = null;
  /** Made when the first cable goes in. */
  meter: Meter | null = null;
  /** What it will be once its transaction has ended (1.6 §5.2 Scheduled). */
  scheduled: "operative" | "inoperative" | null = null;
  /** The station holds the energy back, by hand. */
  heldBack = false;
  /** Ends a grant that nobody uses. */
  plugTimer: Cancel | null = null;
  /** The next reading of the running transaction. */
  sampleTimer: Cancel | null = null;
  /** When what smart charging allows changes next. */
  limitTimer: Cancel | null = null;
  readonly #owner: ConnectorOwner;
  #state: ConnectorState = UNUSED;

  constructor(
    { id, type, maxPower }: { id: number; type: string; maxPower: number },
    owner: ConnectorOwner,
  ) {
    this.id = id;
    this.type = type;
    this.maxPower = maxPower;
    this.#owner = owner;
  }

  get state(): ConnectorState {
    return this.#state;
  }

  get status(): ConnectorStatus {
    return statusOf(this.#state);
  }

  /** The one place where the state changes. */
  apply(event: ConnectorEvent): void {
    const before = this.#state;
    this.#state = transition(before, event);
    if (this.#state !== before) this.#owner.connectorMoved(this, before);
  }

  facts(): ConnectorFacts {
    const { id, type, maxPower, status, transaction } = this;
    const { plugged, reservationId } = this.#state;
    const facts = transaction === null ? null : transaction.facts;
    return { id, type, maxPower, status, plugged, reservationId, transaction: facts };
  }

  /** Lets go of every timer. */
  stop(): void {
    this.plugTimer?.();
    this.sampleTimer?.();
    this.limitTimer?.();
    this.plugTimer = this.sampleTimer = this.limitTimer = null;
    this.meter?.stop();
  }
}
