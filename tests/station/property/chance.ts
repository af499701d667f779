import { type Random, seededRandom } from "../../../src/clock/mod.ts";

/** What a seed decides. */
export class Chance {
  readonly random: Random;

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }

  oneOf<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)]!;
  }

  /** So many times in a hundred. */
  percent(share: number): boolean {
    return this.random() * 100 < share;
  }

  /** One of them, the heavier the likelier. */
  weighted<T>(list: readonly (readonly [weight: number, what: T])[]): T {
    let left = this.random() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, what] of list) {
      left -= weight;
      if (left < 0) return what;
    }
    return list.at(-1)![1];
  }
}
