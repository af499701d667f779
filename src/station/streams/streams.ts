import type { Cancel, Clock } from "../../clock/mod.ts";

/** How often values of a stream are sent (PeriodicEventStreamParamsType of 2.1). */
export interface StreamRate {
  /** Seconds after which what there is is sent; `null`: the time does not matter. */
  readonly intervalS: number | null;
  /** How many values are sent together; `null`: their number does not matter. */
  readonly values: number | null;
}

/** A stream as a CSMS sees it. Plain JSON. */
export interface StreamFacts extends StreamRate {
  readonly id: number;
  /** The monitor whose values it carries. */
  readonly monitorId: number;
}

/** One value of a stream. */
export interface StreamValue {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: string;
}

/** What is sent of a stream at once. */
export interface StreamData {
  readonly id: number;
  readonly values: readonly StreamValue[];
  /** How many wait for the next time. */
  readonly pending: number;
}

/** What a monitor wants to have streamed. */
export interface StreamWanted {
  readonly monitorId: number;
  readonly rate: StreamRate;
  /** Seconds between two readings: the value of the periodic monitor. */
  readonly periodS: number;
  /** What the variable is now; `null`: it cannot be read now. */
  read(): string | null;
}

/** The station, as its streams see it. */
export interface StreamsOwner {
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  /** Asks the CSMS whether it wants the stream. */
  open(stream: StreamFacts): Promise<boolean>;
  /** Tells it that there will be no more. */
  close(id: number): void;
  /** Sends values. `false`: they could not be sent now. */
  send(data: StreamData): boolean;
}

/** A stream that runs. */
interface Stream {
  facts: StreamFacts;
  readonly wanted: StreamWanted;
  waiting: StreamValue[];
  /** Milliseconds since 1970. */
  sentAt: number;
  cancel: Cancel;
}

/** Of one stream, while the CSMS cannot be reached; then the oldest go. */
const MOST_WAITING = 1_000;
/** A message must not grow without bound. */
const MOST_AT_ONCE = 100;
/** What neither names an interval nor a number goes at once. */
const LEAST_PERIOD_S = 0.1;

/**
 * The periodic event streams of a station (2.1 N11 to N15): values of monitored variables that nobody
 * acknowledges. There is one timer per stream.
 */
export class Streams {
  readonly #owner: StreamsOwner;
  readonly #clock: Pick<Clock, "after">;
  readonly #streams = new Map<number, Stream>();
  /** The streams that the CSMS was asked about, by monitor. */
  readonly #asked = new Map<number, number>();
  #lastId = 0;

  constructor(owner: StreamsOwner, clock: Pick<Clock, "after">) {
    this.#owner = owner;
    this.#clock = clock;
  }

  /** Those that are open (N12). */
  get all(): readonly StreamFacts[] {
    return Array.from(this.#streams.values(), ({ facts }) => facts);
  }

  /** Opens a stream for a monitor, if the CSMS wants it (N11). `false`: it does not. */
  async open(wanted: StreamWanted): Promise<boolean> {
    this.closeOf(wanted.monitorId);
    const facts = { id: ++this.#lastId, monitorId: wanted.monitorId, ...wanted.rate };
    this.#asked.set(facts.monitorId, facts.id);
    const isWanted = await this.#owner.open(facts);
    // Its monitor may have gone, or wanted another, in the meantime.
    const isCurrent = this.#asked.get(facts.monitorId) === facts.id;
    if (isCurrent) this.#asked.delete(facts.monitorId);
    else if (isWanted) this.#owner.close(facts.id);
    if (!isWanted || !isCurrent) return false;
    const stream = { facts, wanted, waiting: [], sentAt: this.#owner.now(), cancel: () => {} };
    this.#streams.set(facts.id, stream);
    this.#wait(stream);
    return true;
  }

  /** Another rate from now on (N14). `false`: there is no such stream. */
  adjust(id: number, rate: StreamRate): boolean {
    const stream = this.#streams.get(id);
    if (stream === undefined) return false;
    stream.facts = { ...stream.facts, ...rate };
    return true;
  }

  /** The monitor is gone, and its stream with it (N13). */
  closeOf(monitorId: number): void {
    this.#asked.delete(monitorId);
    for (const stream of this.#streams.values()) {
      const { id } = stream.facts;
      if (stream.facts.monitorId !== monitorId) continue;
      stream.cancel();
      this.#streams.delete(id);
      this.#owner.close(id);
    }
  }

  /** The station is gone. */
  stop(): void {
    for (const { cancel } of this.#streams.values()) cancel();
    this.#streams.clear();
    this.#asked.clear();
  }

  #wait(stream: Stream): void {
    const ms = Math.max(LEAST_PERIOD_S, stream.wanted.periodS) * 1000;
    stream.cancel = this.#clock.after(ms, () => {
      this.#read(stream);
      this.#wait(stream);
    });
  }

  #read(stream: Stream): void {
    const value = stream.wanted.read();
    const now = this.#owner.now();
    if (value !== null) stream.waiting.push({ at: now, value });
    if (stream.waiting.length > MOST_WAITING) stream.waiting.shift();
    const { values, intervalS } = stream.facts;
    const isEnough = stream.waiting.length >= (values ?? (intervalS === null ? 1 : Infinity));
    const isLate = intervalS !== null && now - stream.sentAt >= intervalS * 1000;
    if ((isEnough || isLate) && stream.waiting.length > 0) this.#send(stream, now);
  }

  #send(stream: Stream, now: number): void {
    while (stream.waiting.length > 0) {
      const values = stream.waiting.slice(0, MOST_AT_ONCE);
      const pending = stream.waiting.length - values.length;
      if (!this.#owner.send({ id: stream.facts.id, values, pending })) return;
      stream.waiting = stream.waiting.slice(values.length);
    }
    stream.sentAt = now;
  }
}
