import type { Connector } from "../connector.ts";
import { isRunning } from "../connector_state.ts";
import { limiting } from "../cost/limiting.ts";
import { circuitOf } from "../smart/circuit.ts";
import { flowChanged } from "./flow_changed.ts";
import { limitAt, type PowerLimit } from "../smart/limit_at.ts";
import { tellNeeds } from "../smart/needs.ts";
import type { Transaction } from "./transaction.ts";
import type { Works } from "../works.ts";

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
    const mode = transaction?.operationMode ?? null;
    if (meter === null || !isRunning(connector.state)) return;
    const { watts, phases, until } = this.#allowed(connector);
    this.#wakeAt(connector, until);
    const before = connector.state.phase;
    meter.flow(watts, phases);
    const wants = connector.state.plugged && meter.carWants;
    // An offer that is too small for the car is none (IEC 61851: 6 A).
    if (wants && meter.powerW !== 0) connector.apply({ type: "resumed" });
    else {
      const isOffered = watts !== 0 || !connector.state.plugged;
      connector.apply({ type: "suspended", by: isOffered && !wants ? "ev" : "evse" });
    }
    const { phase } = connector.state;
    flowChanged(this.#works, connector);
    tellNeeds(this.#works, connector);
    const isSame = transaction === null || connector.transaction !== transaction;
    if (!isSame && transaction.operationMode !== mode) {
      void this.#works.charging.updated(connector, "OperationModeChanged", []);
    }
    if (phase === before) return;
    // What one car leaves to the others, or no longer does, changes what they may take.
    if (before === "suspended-ev" || phase === "suspended-ev") this.#works.limitsChanged();
  }

  /** Watts, and when that changes by itself (milliseconds since 1970, `null`: never). */
  #allowed(
    connector: Connector,
  ): { watts: number; phases: PowerLimit["phases"]; until: number | null } {
    const { state, transaction, heldBack, maxPower, meter } = connector;
    const { watts, phases, mode, nextChangeAt } = this.limit(connector);
    const { reached, until: timeUp } = limiting(this.#works, connector);
    if (transaction !== null) Object.assign(transaction, { operationMode: mode, reached });
    const until = timeUp === null ? nextChangeAt : Math.min(timeUp, nextChangeAt ?? Infinity);
    const through = phases ?? circuitOf(connector).phases;
    // A limit counts on the phases that the car uses, an offer on all that are switched through.
    const share = through / Math.min(meter?.phases ?? through, through);
    const offer = (watts ?? Infinity) * (watts !== null && watts < 0 ? 1 : share);
    const none = heldBack || state.fault !== null || reached !== null ||
      transaction !== null && this.#isSpent(connector, transaction);
    return { watts: none ? 0 : Math.min(offer, maxPower), phases, until };
  }

  /** What smart charging lets flow on a connector now. */
  limit(connector: Connector): PowerLimit {
    const works = this.#works;
    const { installed, signal } = works.profiles;
    const charging = installed.length === 0
      ? 0
      : [...works.all.values()].filter(({ state }) =>
        isRunning(state) && state.phase !== "suspended-ev"
      ).length;
    const phases = connector.meter?.phases ?? null;
    const facts = { at: works.now(), charging, phases, signal };
    if (!works.isServed || installed.length === 0) {
      return limitAt(installed, connector.facts(), facts);
    }
    const { dischargeShare } = works.services.facilities;
    return limitAt(installed, connector.facts(), { ...facts, dischargeShare });
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
