import type { Cancel, Clock, Random } from "../../clock/mod.ts";
import type { IdToken } from "../words.ts";

/** A battery that goes in or out. Shares are per cent. */
export interface Battery {
  readonly connectorId: number;
  readonly serialNumber: string;
  readonly soc: number;
  readonly soh: number;
}

/** What the CSMS hears of a swap (BatterySwapRequest of 2.1). */
export interface SwapEvent {
  readonly requestId: number;
  readonly idToken: IdToken;
  readonly event: "BatteryIn" | "BatteryOut";
  readonly batteries: readonly Battery[];
}

/** The station, as its swaps see it. */
export interface SwapOwner {
  /** The places that are free, by connector. */
  free(): readonly number[];
  swapped(event: SwapEvent): void;
}

/** How long a driver takes for each of the two batteries. */
const HANDLING_MS = 30_000;

/** Battery swaps, one at a time (2.1 part 2 S): the empty one goes in, a charged one comes out. */
export class Swaps {
  readonly #owner: SwapOwner;
  /** Drivers live on simulated time. */
  readonly #simulated: Pick<Clock, "after">;
  readonly #random: Random;
  #cancel: Cancel | null = null;

  constructor(owner: SwapOwner, simulated: Pick<Clock, "after">, random: Random) {
    this.#owner = owner;
    this.#simulated = simulated;
    this.#random = random;
  }

  /** Why no swap can begin now, in one clause that begins with "it"; `null`: it can (S02). */
  obstacle(): string | null {
    if (this.#cancel !== null) return "it is swapping a battery already";
    return this.#owner.free().length === 0 ? "it has no place that is free" : null;
  }

  /** Begins one. What the driver does follows. */
  begin(requestId: number, idToken: IdToken): void {
    const [connectorId] = this.#owner.free();
    if (connectorId === undefined || this.#cancel !== null) return;
    const steps: readonly SwapEvent[] = [
      { requestId, idToken, event: "BatteryIn", batteries: [this.#battery(connectorId, 5, 30)] },
      { requestId, idToken, event: "BatteryOut", batteries: [this.#battery(connectorId, 90, 100)] },
    ];
    this.#next(steps);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #next([step, ...rest]: readonly SwapEvent[]): void {
    this.#cancel = step === undefined ? null : this.#simulated.after(HANDLING_MS, () => {
      this.#owner.swapped(step);
      this.#next(rest);
    });
  }

  #battery(connectorId: number, leastSoc: number, mostSoc: number): Battery {
    return {
      connectorId,
      serialNumber: `B${String(Math.floor(this.#random() * 1e8)).padStart(8, "0")}`,
      soc: Math.round(leastSoc + this.#random() * (mostSoc - leastSoc)),
      soh: Math.round(85 + this.#random() * 15),
    };
  }
}
