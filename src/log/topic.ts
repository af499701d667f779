/** Takes a fact. What it throws is reported and harms no other listener. */
export type Listener<T> = (fact: T) => void;

/** Ends a subscription. Calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * Fan-out of facts, in the order of subscription and at once. Whoever publishes learns nothing back.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Topic } from "./mod.ts";
 *
 * const heard: number[] = [];
 * const topic = new Topic<number>((thrown) => console.log("a listener failed", thrown));
 * const stop = topic.subscribe((n) => heard.push(n));
 * topic.publish(1);
 * stop();
 * topic.publish(2);
 * assert(heard.join() === "1");
 * ```
 */
export class Topic<T> {
  readonly #listeners = new Set<Listener<T>>();
  readonly #onThrow: (thrown: unknown) => void;

  /** @param onThrow hears what a listener throws; it must not throw itself */
  constructor(onThrow: (thrown: unknown) => void) {
    this.#onThrow = onThrow;
  }

  /** How many listen. A publisher may skip costly facts when nobody does. */
  get size(): number {
    return this.#listeners.size;
  }

  subscribe(listener: Listener<T>): Unsubscribe {
    // A wrapper of its own, so that the same function subscribed twice is two subscriptions.
    const own: Listener<T> = (fact) => listener(fact);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  publish(fact: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(fact);
      } catch (thrown) {
        this.#onThrow(thrown);
      }
    }
  }
}
