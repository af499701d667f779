import type { Bench } from "./bench.ts";
import type { Kind, Target } from "./figure.ts";
import { type Spread, spread } from "./statistics.ts";

/** Collects what several rounds measured of one thing, for each that takes part. */
export class Tally {
  readonly #values: Partial<Record<Kind, number[]>> = {};

  add(kind: Kind, value: number): void {
    (this.#values[kind] ??= []).push(value);
  }

  /** The line of the table. */
  report(bench: Bench, name: string, unit: string, target?: Target): void {
    const values: Partial<Record<Kind, Spread>> = {};
    for (const [kind, measured] of Object.entries(this.#values)) {
      values[kind as Kind] = spread(measured);
    }
    bench.add({ name, unit, values, ...(target === undefined ? {} : { target }) });
  }

  /** What was measured, in order; nothing for who did not take part. */
  of(kind: Kind): readonly number[] {
    return this.#values[kind] ?? [];
  }
}
