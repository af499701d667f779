import type { Cancel } from "../clock/mod.ts";
import type { ConnectorFacts } from "./charger.ts";
import {
  type ConnectorEvent,
  type ConnectorState,
  isRunning,
  type Phase,
  statusOf,
  transition,
  UNUSED,
} from "./connector_state.ts";
import type { Tariff } from "./cost/tariff.ts";
import type { Meter } from "./energy/meter.ts";
import type { ChargingProfile } from "./smart/profile.ts";
import type { ChargingState } from "./spoken.ts";
import type { Transaction } from "./transactions/transaction.ts";
import type { ConnectorStatus, IdToken } from "./words.ts";

/** Somebody may use a connector, and has not begun yet. */
export interface Grant {
  readonly idToken: IdToken;
  readonly groupId: IdToken | null;
  readonly reservationId: number | null;
  /** For the transaction that will begin. */
  readonly profile: ChargingProfile | null;
  /** What it will cost, if the CSMS said so with the token (2.1 I08). */
  readonly tariff: Tariff | null;
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
  /** What the CSMS was told of it last, in its version's words: 2.x has fewer of them; `null`: nothing. */
  told: string | null = null;
  /** The station holds the energy back, by hand. */
  heldBack = false;
  /** Ends a grant that nobody uses. */
  plugTimer: Cancel | null = null;
  /** The next reading of the running transaction. */
  sampleTimer: Cancel | null = null;
  /** The next that is kept for its end. */
  keepTimer: Cancel | null = null;
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

  /** Whether a transaction, or a use that will become one, is in the way of changes. */
  get isInUse(): boolean {
    return this.transaction !== null || isRunning(this.#state);
  }

  /** Whether the transaction on it is somebody's: nobody else can be authorized for it. */
  get isTaken(): boolean {
    return this.transaction !== null && this.transaction.facts.idToken !== null;
  }

  /** How a transaction on it stands (2.x ChargingStateEnumType). */
  get chargingState(): ChargingState {
    const { plugged, phase } = this.#state;
    return plugged ? CHARGING_STATES[phase] : "Idle";
  }

  /** Before anything happens to it: as it was when the program ended. */
  begin(state: ConnectorState): void {
    this.#state = state;
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
    const isAuthorized = transaction !== null && transaction.isAuthorized;
    const facts = transaction === null ? null : transaction.facts;
    return { id, type, maxPower, status, plugged, reservationId, transaction: facts, isAuthorized };
  }

  /** Energy flows to its car, or back. */
  get isFlowing(): boolean {
    return this.#state.phase === "charging" && this.meter !== null && this.meter.powerW !== 0;
  }

  /** No grant runs out any longer. */
  stopWaiting(): void {
    this.plugTimer?.();
    this.plugTimer = null;
  }

  /** Nobody may begin on a grant any longer. */
  dropGrant(): void {
    this.stopWaiting();
    this.grant = null;
  }

  /** Its use is over: what was to be done with it then is done (1.6 §5.2 Scheduled). */
  takeScheduled(): void {
    const { scheduled } = this;
    if (scheduled === null) return;
    this.scheduled = null;
    // Preparing cannot become Unavailable (1.6 §4.9, B8).
    if (scheduled === "inoperative" && this.#state.phase === "preparing") {
      this.apply({ type: "given-up" });
    }
    this.apply({ type: scheduled });
  }

  /** Lets go of every timer. */
  stop(): void {
    this.plugTimer?.();
    this.sampleTimer?.();
    this.keepTimer?.();
    this.limitTimer?.();
    this.plugTimer =
      this.sampleTimer =
      this.keepTimer =
      this.limitTimer =
        null;
    this.meter?.stop();
  }
}

/** Before and after the energy the car is just there. */
const CHARGING_STATES = {
  idle: "EVConnected",
  preparing: "EVConnected",
  charging: "Charging",
  "suspended-ev": "SuspendedEV",
  "suspended-evse": "SuspendedEVSE",
  finishing: "EVConnected",
} as const satisfies Record<Phase, ChargingState>;
