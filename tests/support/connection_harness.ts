/**
 * A connection manager to test with: on a virtual clock with a fake network, or on the real ones.
 *
 * @module
 */
import assert from "node:assert/strict";
import { type Clock, deadline, SystemClock, VirtualClock } from "../../src/clock/mod.ts";
import {
  type Cause,
  type Connection,
  ConnectionManager,
  type ConnectionStateName,
  type ConnectOptions,
  createDenoDial,
  exponentialBackOff,
  type ManagerOptions,
  type Owner,
} from "../../src/connection/mod.ts";
import type { StateChange } from "../../src/connection/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import { FakeDial } from "./fake_transport.ts";
import { Inbox } from "./inbox.ts";

/** An owner that writes down what it hears. */
export class Diary implements Owner {
  readonly lines: string[] = [];
  readonly texts: string[] = [];
  readonly causes: Cause[] = [];
  /** What `received` answers. */
  understands = true;
  readonly inbox = new Inbox<string>();

  opened(subprotocol: string): void {
    this.lines.push(`opened ${subprotocol}`);
  }

  received(text: string): boolean {
    this.texts.push(text);
    this.inbox.put(text);
    return this.understands;
  }

  closed(cause: Cause): void {
    this.lines.push(`closed ${cause.kind}`);
    this.causes.push(cause);
  }
}

/** What both harnesses share. */
export interface Harness<C extends Clock> {
  readonly clock: C;
  readonly manager: ConnectionManager;
  readonly logLines: string[];
  /** Every change of every state so far. */
  readonly changes: StateChange[];
  /** `from>to` of every change of one station. */
  path(stationId?: string): string[];
  add(options?: Partial<ConnectOptions>): { connection: Connection; diary: Diary };
}

/** The ladder 5-10-20-40-60 without chance, for ever, on a clock that stands still. */
export function fakeHarness(
  overrides: Partial<ManagerOptions> = {},
): Harness<VirtualClock> & { readonly network: FakeDial } {
  const network = new FakeDial();
  const clock = new VirtualClock();
  return { ...harness(clock, { dial: network.dial, ...overrides }), network };
}

/** Real sockets and real time with short waits. Dispose it: that shuts the manager down. */
export function realHarness(
  overrides: Partial<ManagerOptions> & { readonly shareReasonMs?: number } = {},
): RealHarness {
  const clock = new SystemClock();
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "text", sink, clock });
  const dialler = createDenoDial({ clock, log, shareReasonMs: overrides.shareReasonMs ?? 20 });
  const parts = harness(clock, {
    dial: dialler.dial,
    closeTimeoutMs: 1_000,
    connectionTimeoutMs: 5_000,
    retry: exponentialBackOff({
      baseMs: 20,
      maxMs: 100,
      jitter: 0,
      maxAttempts: 0,
      random: () => 0,
    }),
    goodAfterMs: 20,
    ...overrides,
  });
  return {
    ...parts,
    dialLines: sink.lines,
    reaches(name, stationId = "CP1", times = 1) {
      const met = (change: StateChange) =>
        change.stationId === stationId && change.to.name === name;
      return within(
        `connection "${stationId}" to be ${name}`,
        new Promise((resolve) => {
          const look = () => {
            const hits = parts.changes.filter(met);
            if (hits.length >= times) resolve(hits[times - 1]!);
          };
          parts.manager.changes.subscribe(look);
          look();
        }),
      );
    },
    async [Symbol.asyncDispose]() {
      await parts.manager.shutdown();
      dialler[Symbol.dispose]();
    },
  };
}

export interface RealHarness extends Harness<SystemClock>, AsyncDisposable {
  /** The dial's own log lines. */
  readonly dialLines: string[];
  /** The change by which a station reached a state, for the first or the n-th time since the start. */
  reaches(name: ConnectionStateName, stationId?: string, times?: number): Promise<StateChange>;
}

/** Waits for `work`, and fails the test with a sentence when it takes longer than anything should. */
export async function within<T>(what: string, work: Promise<T>, ms = 15_000): Promise<T> {
  const done = await deadline(new SystemClock(), ms, work.then((value) => ({ value })));
  assert(done !== undefined, `Waited ${ms / 1000} s in vain for ${what}`);
  return done.value;
}

/** For what no event tells of: looks once per turn of the event loop until `condition` holds. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  const clock = new SystemClock();
  for (const from = clock.monotonic(); !condition(); await clock.sleep(1)) {
    assert(clock.monotonic() - from < 15_000, `Waited 15 s in vain for ${what}`);
  }
}

function harness<C extends Clock>(
  clock: C,
  overrides: Partial<ManagerOptions> & Pick<ManagerOptions, "dial">,
): Harness<C> {
  const sink = memorySink();
  const changes: StateChange[] = [];
  const manager = new ConnectionManager({
    clock,
    log: createLog({ level: "debug", format: "text", sink, clock }),
    connectionTimeoutMs: 30_000,
    closeTimeoutMs: 3_000,
    pingIntervalMs: 0,
    sendQueue: 100,
    maxConcurrentDials: 100,
    retry: exponentialBackOff({
      baseMs: 5_000,
      maxMs: 60_000,
      jitter: 0,
      maxAttempts: 0,
      random: () => 0,
    }),
    goodAfterMs: 5_000,
    ...overrides,
  });
  manager.changes.subscribe((change) => changes.push(change));
  return {
    clock,
    manager,
    logLines: sink.lines,
    changes,
    path: (stationId = "CP1") =>
      changes.filter((change) => change.stationId === stationId)
        .map(({ from, to }) => `${from.name}>${to.name}`),
    add(options = {}) {
      const diary = new Diary();
      const connection = manager.add({
        stationId: "CP1",
        url: "ws://csms/ocpp",
        subprotocols: ["ocpp1.6"],
        owner: diary,
        ...options,
      });
      return { connection, diary };
    },
  };
}
