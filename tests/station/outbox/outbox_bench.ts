import { VirtualClock } from "../../../src/clock/mod.ts";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import type { CallOutcome, Payload } from "../../../src/ocpp/mod.ts";
import { Memories } from "../../../src/station/memory/memories.ts";
import type { TransactionKind } from "../../../src/station/outbox/entry.ts";
import { Outbox } from "../../../src/station/outbox/outbox.ts";
import { Pace } from "../../../src/station/outbox/pace.ts";
import type {
  Said,
  TransactionAnswer,
  TransactionEnded,
  TransactionEvent,
} from "../../../src/station/spoken.ts";
import { FakeStore } from "../../support/fake_store.ts";

/** A message as it went out, and how to answer it. */
interface Sent {
  readonly id: string;
  readonly action: string;
  readonly payload: Payload;
  /** On the virtual clock. */
  readonly at: number;
  readonly settle: (outcome: CallOutcome) => void;
}

/** What the CSMS, or the line, makes of a message. */
export type Fate = "answer" | "error" | "timeout" | "invalid" | "lost" | "refused";

const NOTHING = { csmsId: null, idTokenInfo: null };

/** An outbox whose messages a test answers one by one. */
export class OutboxBench {
  readonly clock = new VirtualClock();
  readonly sent: Sent[] = [];
  /** Every answer that the station heard of, and everything that whoever waited heard, in order. */
  readonly heard: string[] = [];
  readonly outbox: Outbox;
  readonly lines: readonly string[];
  attempts = 3;
  intervalMs = 60_000;
  version = "1.6";
  /** What the station does when it hears an answer. */
  onAnswer: (() => void) | null = null;
  readonly store: FakeStore;
  #ids: number;
  #seqNo = 0;

  /** @param store and the number of the last message id: of an outbox that was killed */
  constructor(store = new FakeStore(), ids = 0) {
    this.store = store;
    this.#ids = ids;
    const pace = new Pace(this.clock, Infinity);
    const sink = memorySink();
    this.lines = sink.lines;
    this.outbox = new Outbox({
      clock: this.clock,
      log: createLog({ level: "debug", format: "json", sink, clock: this.clock }),
      newId: () => `id-${++this.#ids}`,
      memory: new Memories(store, this.clock).of("CP1"),
      pace: (signal) => pace.turn(signal),
      call: async (action, payload, { id = "none", ready }) => {
        if (!await ready) return { kind: "refused", reason: "not-ready", message: "no disk" };
        return await new Promise((settle) =>
          this.sent.push({ id, action, payload, at: this.clock.monotonic(), settle })
        );
      },
      version: () => this.version,
      spell: (kind, event) => {
        // As 1.6 does: an update without readings is not for it.
        if (kind === "transactionUpdated" && event.samples.length === 0) return null;
        const { id, csmsId } = event.transaction;
        return { action: kind, payload: { id, csmsId, seqNo: event.seqNo } };
      },
      read: (_kind, _action, result) => ({
        ...NOTHING,
        csmsId: typeof result.csmsId === "number" ? result.csmsId : null,
      }),
      retry: () => ({ attempts: this.attempts, intervalMs: this.intervalMs }),
      added: () => {},
      answered: ({ transaction: { id } }, { csmsId }) => {
        this.heard.push(`station: ${id} ${csmsId}`);
        this.onAnswer?.();
      },
    });
  }

  /** Something happens in a transaction; `heard` tells what was made of it. */
  add(kind: TransactionKind, id = "t1", given: Partial<TransactionEvent> = {}): void {
    const event: TransactionEvent = {
      transaction: {
        id,
        csmsId: null,
        connectorId: 1,
        idToken: null,
        startedAt: 0,
        meterStartWh: 0,
        reservationId: null,
        remoteStartId: null,
      },
      at: this.clock.now(),
      seqNo: ++this.#seqNo,
      trigger: "MeterValuePeriodic",
      chargingState: "Charging",
      offline: false,
      samples: [{ at: 0, context: "Other", readings: [] }],
      ...given,
    };
    const end = { reason: "Local", meterStopWh: 0, stopToken: null } as const;
    const said = kind === "transactionEnded"
      ? this.outbox.add(kind, { ...event, ...end } as TransactionEnded)
      : this.outbox.add(kind, event);
    void said.then((outcome) => this.heard.push(`${kind}: ${short(outcome)}`));
  }

  /** The last message meets its fate. */
  async meet(fate: Fate, payload: Payload = {}): Promise<void> {
    const { id, settle } = this.sent.at(-1)!;
    settle(outcomeOf(fate, id, payload));
    await this.clock.settle();
  }

  /** The connection is lost. */
  async lose(): Promise<void> {
    const { id, settle } = this.sent.at(-1)!;
    settle(outcomeOf("lost", id, {}));
    this.outbox.close();
    await this.clock.settle();
  }

  async open(): Promise<void> {
    this.outbox.open();
    await this.clock.settle();
  }

  /** What went out, in short: the numbers of the events. */
  get numbers(): readonly unknown[] {
    return this.sent.map(({ payload }) => payload.seqNo);
  }
}

function outcomeOf(fate: Fate, id: string, payload: Payload): CallOutcome {
  const message = `it was ${fate}`;
  switch (fate) {
    case "answer":
      return { kind: "result", id, payload, latencyMs: 1 };
    case "error":
      return {
        kind: "error",
        id,
        code: "InternalError",
        description: "disk full",
        details: {},
        latencyMs: 1,
      };
    case "refused":
      return { kind: "refused", reason: "full", message };
    case "invalid":
      return { kind: "invalid", message };
    default:
      return { kind: fate, id, message };
  }
}

function short(outcome: Said<TransactionAnswer>): string {
  return outcome.kind === "answered" ? `answered ${outcome.answer.csmsId}` : outcome.kind;
}
