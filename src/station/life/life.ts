import type { ScaledClock } from "../../clock/mod.ts";
import type { SimulationConfig } from "../../config/mod.ts";
import type { Log } from "../../log/mod.ts";
import { supplyOf } from "../energy/supply.ts";
import type { ConnectorStatus } from "../words.ts";
import type { LifePort, LivingConnector } from "./port.ts";
import { namedRandom } from "./seed.ts";
import { planFault, planVisit, type Visit } from "./plans.ts";

/** What the life of a station needs. */
export interface LifeOptions {
  readonly stationId: string;
  readonly simulation: SimulationConfig;
  /** At the speed of `simulation`. */
  readonly clock: ScaledClock;
  readonly log: Log;
  readonly port: LifePort;
}

/** The states that a driver waits in. In others it is full, over, or broken. */
const WORTH_STAYING: ReadonlySet<ConnectorStatus> = new Set([
  "Preparing",
  "Charging",
  "SuspendedEVSE",
]);

/** The states in which a token ends something. */
const RUNNING: ReadonlySet<ConnectorStatus> = new Set(["Charging", "SuspendedEV", "SuspendedEVSE"]);

/** How often a driver looks at the car, in simulated and at the most in real time. */
const LOOK_MS = 60_000;
const SHORTEST_REAL_LOOK_MS = 1_000;

/**
 * What happens to a station by itself: cars that come and go at each connector, and faults. All of it
 * by the seed and the station's id, so that it repeats itself. It leaves alone what it did not bring: a
 * connector in use by hand gets no car, and at the end of the run what is there stays there.
 */
export class Life {
  readonly #options: LifeOptions;

  constructor(options: LifeOptions) {
    this.#options = options;
  }

  /** Whether these settings let anything happen at all: without, no life is needed. */
  static isOn({ cars, faultEveryMs }: SimulationConfig): boolean {
    return cars || faultEveryMs > 0;
  }

  /** Lives until `signal` is aborted and what was asked of the port by then is answered. */
  async run(signal: AbortSignal): Promise<void> {
    const { simulation: { cars, faultEveryMs }, port } = this.#options;
    const lives = cars ? port.connectors().map((place) => this.#drivers(place, signal)) : [];
    if (faultEveryMs > 0) lives.push(this.#faults(signal));
    await Promise.all(lives);
  }

  /** The drivers that come to one connector, one after the other. */
  async #drivers(place: LivingConnector, signal: AbortSignal): Promise<void> {
    const { stationId, simulation, port, clock } = this.#options;
    const { id, type, maxPower } = place;
    const random = namedRandom(simulation.seed, `${stationId}/${id}`);
    const supply = supplyOf(type, maxPower);
    while (!signal.aborted) {
      const visit = planVisit(random, simulation, supply);
      await clock.sleep(visit.arrivesAfterMs, signal);
      if (signal.aborted || !port.booted || this.#status(id) !== "Available") continue;
      await this.#visit(id, visit, signal);
    }
  }

  async #visit(id: number, visit: Visit, signal: AbortSignal): Promise<void> {
    const { port, clock } = this.#options;
    if (visit.tokenFirst) {
      if (!await this.#present(id, visit)) return;
      await clock.sleep(visit.fumbleMs, signal);
    }
    if (signal.aborted || !await this.#isDone("plug in", id, port.plug(id, visit.car))) return;
    if (!visit.tokenFirst) await clock.sleep(visit.fumbleMs, signal);
    if (signal.aborted) return;
    if (visit.tokenFirst || await this.#present(id, visit)) await this.#stay(id, visit, signal);
    await this.#leave(id, visit, signal);
  }

  /** Until the driver has to go, or nothing is left to wait for. */
  async #stay(id: number, { staysMs }: Visit, signal: AbortSignal): Promise<void> {
    for (let left = staysMs; left > 0; left -= this.#lookMs) {
      await this.#options.clock.sleep(Math.min(left, this.#lookMs), signal);
      if (signal.aborted || !WORTH_STAYING.has(this.#status(id))) return;
    }
  }

  /** A cable that is locked is tried again. */
  async #leave(id: number, visit: Visit, signal: AbortSignal): Promise<void> {
    const { port, clock } = this.#options;
    if (!signal.aborted && visit.tokenLast && RUNNING.has(this.#status(id))) {
      await this.#present(id, visit);
      await clock.sleep(visit.fumbleMs, signal);
    }
    while (!signal.aborted && this.#status(id) !== "Available") {
      if (await this.#isDone("unplug", id, port.unplug(id))) return;
      await clock.sleep(this.#lookMs, signal);
    }
  }

  async #faults(signal: AbortSignal): Promise<void> {
    const { stationId, simulation, port, clock } = this.#options;
    const random = namedRandom(simulation.seed, `${stationId}/faults`);
    while (!signal.aborted) {
      const fault = planFault(random, simulation);
      await clock.sleep(fault.comesAfterMs, signal);
      if (signal.aborted || !port.booted) continue;
      const connectors = port.connectors();
      const { id } = connectors[Math.floor(fault.where * connectors.length)]!;
      if (!await this.#isDone("break", id, port.fault(id, fault.errorCode))) continue;
      await clock.sleep(fault.lastsMs, signal);
      while (!signal.aborted && this.#status(id) === "Faulted") {
        if (await this.#isDone("repair", id, port.clearFault(id))) break;
        await clock.sleep(this.#lookMs, signal);
      }
    }
  }

  #present(id: number, { idToken }: Visit): Promise<boolean> {
    const token = { idToken, type: "Central" };
    return this.#isDone("present a token", id, this.#options.port.authorize(id, token));
  }

  /** Waits for what was asked of the port. `false`: it was refused. */
  async #isDone(what: string, connector: number, answer: Promise<string | null>): Promise<boolean> {
    const reason = await answer;
    if (reason === null) return true;
    this.#options.log.debug(`Chance could not ${what}`, { connector, reason });
    return false;
  }

  #status(id: number): ConnectorStatus {
    return this.#options.port.connectors().find((connector) => connector.id === id)!.status;
  }

  get #lookMs(): number {
    return Math.max(LOOK_MS, SHORTEST_REAL_LOOK_MS * this.#options.clock.speed);
  }
}
