import type { Connector } from "./connector.ts";
import { isRunning } from "./connector_state.ts";
import { circuitOf } from "./smart/circuit.ts";
import { limitAt, type PowerLimit } from "./smart/limit_at.ts";
import type { Transaction } from "./transaction.ts";
import type { Works } from "./works.ts";

/** Energy during transactions: lets flow what is allowed, and sees when the car has enough. */
export class Flow {
  readonly #works: Works;

  constructor(works: Works) {
    this.#works = works;
  }

  stop(connector: Connector): void {
    connector.limitTimer?.();
    connector.limitTimer = null;
    connector.meter?.stop();
  }

  /** Looks again at what may flow, what the car wants, and what that makes of the connector. */
  look(connector: Connector): void {
    const { meter, transaction } = connector;
    if (meter === null || transaction === null || !isRunning(connector.state)) return;
    const { watts, until } = this.#allowed(connector);
    this.#wakeAt(connector, until);
    const before = connector.state.phase;
    meter.flow(watts);
    const wants = connector.state.plugged && meter.carWants;
    // An offer that is too small for the car is none (IEC 61851: 6 A).
    if (wants && meter.powerW !== 0) connector.apply({ type: "resumed" });
    else {
      const isOffered = watts > 0 || !connector.state.plugged;
      connector.apply({ type: "suspended", by: isOffered && !wants ? "ev" : "evse" });
    }
    const { phase } = connector.state;
    if (phase === before) return;
    transaction.chargingState = STATES[phase] ?? "Charging";
    this.#works.charging.updated(connector, "ChargingStateChanged", []);
    this.#works.reactions.transactionChanged(transaction, "updated");
    // What one car leaves to the others, or no longer does, changes what they may take.
    if (before === "suspended-ev" || phase === "suspended-ev") this.#works.limitsChanged();
  }

  /** Watts, and when that changes by itself (milliseconds since 1970, `null`: never). */
  #allowed(connector: Connector): { watts: number; until: number | null } {
    const { state, transaction, heldBack, maxPower, meter } = connector;
    const { watts, nextChangeAt } = this.limit(connector);
    const { phases } = circuitOf(connector);
    // A limit counts on the phases that the car uses, an offer on all that there are.
    const offer = (watts ?? Infinity) * phases / (meter?.phases ?? phases);
    const none = heldBack || state.fault !== null ||
      transaction !== null && this.#isSpent(connector, transaction);
    return { watts: none ? 0 : Math.min(offer, maxPower), until: nextChangeAt };
  }

  /** What smart charging lets flow on a connector now. */
  limit(connector: Connector): PowerLimit {
    const works = this.#works;
    const { installed } = works.profiles;
    const charging = installed.length === 0
      ? 0
      : [...works.all.values()].filter(({ state }) =>
        isRunning(state) && state.phase !== "suspended-ev"
      ).length;
    const phases = connector.meter?.phases ?? null;
    return limitAt(installed, connector.facts(), { at: works.now(), charging, phases });
  }

  /** An invalid token gets no more than MaxEnergyOnInvalidId (1.6 §9.1.15). */
  #isSpent(connector: Connector, { invalidAtWh }: Transaction): boolean {
    if (invalidAtWh === null) return false;
    const most = this.#works.settings.get("maxEnergyOnInvalidId");
    return (connector.meter?.importWh ?? 0) - invalidAtWh >= most;
  }

  #wakeAt(connector: Connector, until: number | null): void {
    connector.limitTimer?.();
    connector.limitTimer = until === null
      ? null
      : this.#works.clock.after(Math.max(SHORTEST_MS, until - this.#works.now()), () => {
        connector.limitTimer = null;
        this.look(connector);
      });
  }
}

/** A clock that the CSMS sets back must not make us look again at once for ever. */
const SHORTEST_MS = 100;

const STATES = {
  charging: "Charging",
  "suspended-ev": "SuspendedEV",
  "suspended-evse": "SuspendedEVSE",
  idle: undefined,
  preparing: undefined,
  finishing: undefined,
} as const;
