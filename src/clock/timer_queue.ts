import type { Cancel, Timer } from "./clock.ts";

/** The runtime fires a timer above this at once (with a warning), so longer waits go in legs. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** So many run one after the other; then the sockets have their turn. */
const MOST_AT_ONCE = 50;

/** By so much a wait may be longer, of itself and in milliseconds. */
const MOST_SLACK = 1 / 64;
const MOST_SLACK_MS = 128;

/** One wait. */
class QueuedTimer implements Timer {
  /** On the monotonic clock. */
  at = 0;
  /** Of two that are due at the same moment the one that was set first comes first. */
  number = 0;
  /** Where it is in the heap; -1: it is not set. */
  place = -1;
  readonly run: () => void;
  readonly #queue: TimerQueue;

  constructor(queue: TimerQueue, run: () => void) {
    this.#queue = queue;
    this.run = run;
  }

  set(ms: number): void {
    this.#queue.set(this, ms);
  }

  stop(): void {
    this.#queue.stop(this);
  }
}

/**
 * All waits of a clock behind one timer of the runtime, set for the first of them: a timer of the runtime
 * costs most of a KiB, and 10,000 stations wait for several things each. Long waits are rounded up a
 * little, so that what is due at about the same time is done together: waking up costs as much as the work.
 */
export class TimerQueue {
  /** A binary heap: none is due before the one at half its place. */
  readonly #heap: QueuedTimer[] = [];
  /** How many times one was set. */
  #set = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the runtime's timer fires. */
  #firesAt = Infinity;

  /** Calls `run` once after `ms`, however long that is. */
  after(ms: number, run: () => void): Cancel {
    const timer = new QueuedTimer(this, run);
    this.set(timer, ms);
    return () => this.stop(timer);
  }

  /** For a wait that is set again and again. */
  timer(run: () => void): Timer {
    return new QueuedTimer(this, run);
  }

  /** Of a timer of this queue. */
  set(timer: QueuedTimer, ms: number): void {
    if (timer.place >= 0) this.#take(timer);
    timer.at = rounded(performance.now() + (ms > 0 ? ms : 0), ms);
    timer.number = this.#set++;
    timer.place = this.#heap.length;
    this.#heap.push(timer);
    this.#rise(timer);
    if (timer.place === 0) this.#arm();
  }

  /** Of a timer of this queue. */
  stop(timer: QueuedTimer): void {
    if (timer.place < 0) return;
    this.#take(timer);
    // One that fires too early finds nothing due, but one for nobody would keep the process alive.
    if (this.#heap.length === 0) this.#disarm();
  }

  /** Runs what is due, or some of it. What one throws is the program's, and stops none of the others. */
  #ring(): void {
    this.#disarm();
    const now = performance.now();
    try {
      for (let rung = 0; rung < MOST_AT_ONCE; rung++) {
        const first = this.#heap[0];
        if (first === undefined || first.at > now) break;
        this.#take(first);
        first.run();
      }
    } finally {
      this.#arm();
    }
  }

  /** Sets the runtime's timer for the first, unless it fires by then. */
  #arm(): void {
    const first = this.#heap[0];
    if (first === undefined || this.#firesAt <= first.at) return;
    this.#disarm();
    this.#firesAt = first.at;
    const ms = Math.ceil(Math.max(0, first.at - performance.now()));
    this.#timer = setTimeout(() => this.#ring(), Math.min(ms, LONGEST_TIMER_MS));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#firesAt = Infinity;
  }

  /** Takes one out: the last takes its place. */
  #take(timer: QueuedTimer): void {
    const { place } = timer;
    timer.place = -1;
    const last = this.#heap.pop()!;
    if (last === timer) return;
    this.#put(last, place);
    this.#rise(last);
    this.#sink(last);
  }

  #rise(timer: QueuedTimer): void {
    while (timer.place > 0) {
      const above = this.#heap[(timer.place - 1) >> 1]!;
      if (isBefore(above, timer)) return;
      this.#swap(above, timer);
    }
  }

  #sink(timer: QueuedTimer): void {
    for (;;) {
      const left = this.#heap[2 * timer.place + 1];
      const right = this.#heap[2 * timer.place + 2];
      if (left === undefined) return;
      const below = right !== undefined && isBefore(right, left) ? right : left;
      if (isBefore(timer, below)) return;
      this.#swap(timer, below);
    }
  }

  #swap(above: QueuedTimer, below: QueuedTimer): void {
    const { place } = above;
    this.#put(above, below.place);
    this.#put(below, place);
  }

  #put(timer: QueuedTimer, place: number): void {
    timer.place = place;
    this.#heap[place] = timer;
  }
}

/** Up to the next multiple of a power of two that is within the slack of a wait of `ms`. */
function rounded(at: number, ms: number): number {
  const slack = Math.min(MOST_SLACK_MS, ms * MOST_SLACK);
  if (!(slack >= 1)) return at;
  const grain = 2 ** Math.floor(Math.log2(slack));
  return Math.ceil(at / grain) * grain;
}

function isBefore(one: QueuedTimer, other: QueuedTimer): boolean {
  return one.at < other.at || one.at === other.at && one.number < other.number;
}
