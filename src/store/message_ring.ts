import type { LoggedMessage } from "./message.ts";

/** So many of the newest messages are in memory. */
const CAPACITY = 4_096;
/** And no more text than this, in characters. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/**
 * The newest messages, oldest first: those that are not written yet, and before them what room there is
 * for. It holds every message of the log from `floor` on.
 */
export class MessageRing {
  readonly #capacity: number;
  #items: (LoggedMessage | undefined)[] = [];
  /** Counted from the start of the program; an item's slot is its count modulo the capacity. */
  #start = 0;
  #written = 0;
  #end = 0;
  #characters = 0;
  #floor: number;

  /** @param floor the first place that is free in the log */
  constructor(floor: number, capacity = CAPACITY) {
    this.#floor = floor;
    this.#capacity = capacity;
  }

  /** What is below this place is on the disk, and no longer here. */
  get floor(): number {
    return this.#floor;
  }

  /** How many are not written yet. */
  get unwritten(): number {
    return this.#end - this.#written;
  }

  /** `false`: it is full of messages that are not written yet, and this one is not kept. */
  push(message: LoggedMessage): boolean {
    const { length } = message.text;
    while (
      this.#end - this.#start >= this.#capacity || this.#characters + length > MOST_CHARACTERS
    ) {
      if (this.#start === this.#written) return false;
      this.#evict();
    }
    this.#items[this.#end++ % this.#capacity] = message;
    this.#characters += length;
    return true;
  }

  /** The oldest that are not written yet, at most `most`. */
  take(most: number): LoggedMessage[] {
    const count = Math.min(most, this.unwritten);
    return Array.from({ length: count }, (_, at) => this.#at(this.#written + at));
  }

  /** The first `count` of what `take` gave are on the disk. */
  markWritten(count: number): void {
    this.#written += count;
  }

  /** At most `limit` below a place that match, newest first. */
  search(
    below: number,
    limit: number,
    matches: (message: LoggedMessage) => boolean,
  ): LoggedMessage[] {
    const found: LoggedMessage[] = [];
    for (let at = this.#end - 1; at >= this.#start && found.length < limit; at--) {
      const message = this.#at(at);
      if (message.seq < below && matches(message)) found.push(message);
    }
    return found;
  }

  /** Takes out what matches. Answers how many of them were not written yet. */
  remove(matches: (message: LoggedMessage) => boolean): number {
    const all = Array.from(
      { length: this.#end - this.#start },
      (_, at) => this.#at(this.#start + at),
    );
    const written = all.slice(0, this.#written - this.#start).filter((each) => !matches(each));
    const unwritten = all.slice(this.#written - this.#start).filter((each) => !matches(each));
    const removed = this.unwritten - unwritten.length;
    this.#items = [...written, ...unwritten];
    this.#start = 0;
    this.#written = written.length;
    this.#end = this.#items.length;
    this.#characters = this.#items.reduce((sum, each) => sum + each!.text.length, 0);
    return removed;
  }

  #evict(): void {
    const slot = this.#start++ % this.#capacity;
    const { seq, text } = this.#items[slot]!;
    this.#items[slot] = undefined;
    this.#characters -= text.length;
    this.#floor = seq + 1;
  }

  #at(count: number): LoggedMessage {
    return this.#items[count % this.#capacity]!;
  }
}
