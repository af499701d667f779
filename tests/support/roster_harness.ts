/**
 * A fleet with a roster, on a virtual clock and a fake network.
 *
 * @module
 */
import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import {
  Fleet,
  type KeptStation,
  Roster,
  type RosterAnswer,
  type StationsKept,
} from "../../src/station/mod.ts";
import { fakeHarness } from "./connection_harness.ts";
import { FakeStore } from "./fake_store.ts";
import { FakeTransport } from "./fake_transport.ts";

/** What is kept, as JSON in memory. */
export class FakeKept implements StationsKept {
  readonly texts = new Map<string, string>();
  /** What stations remember themselves. */
  memories: { readonly store: FakeStore; readonly of: Fleet["memories"] } | null = null;
  /** Thrown by every write. */
  failure: Error | null = null;
  writes = 0;

  load() {
    return Array.from(this.texts, ([id, text]) => [id, JSON.parse(text)] as const);
  }

  keep(changes: readonly (readonly [string, KeptStation | null])[]): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    this.writes++;
    for (const [id, kept] of changes) {
      if (kept === null) this.texts.delete(id);
      else this.texts.set(id, JSON.stringify(kept));
    }
    return Promise.resolve();
  }

  async forget(id: string): Promise<void> {
    await this.keep([[id, null]]);
    await this.memories?.store.commit((write) => this.memories?.of.forget(id, write));
    this.memories?.of.forgotten(id);
  }

  get ids(): string[] {
    return [...this.texts.keys()];
  }
}

/** How a {@link rosterHarness} may differ. */
export interface RosterParts {
  /** Of config.yaml. */
  readonly stations?: readonly object[];
  readonly csms?: object;
  readonly files?: Readonly<Record<string, string>>;
  /** What an earlier run of the program kept. */
  readonly kept?: FakeKept;
}

export type RosterHarness = Awaited<ReturnType<typeof rosterHarness>>;

/** A program that has started. End it with `over`. */
export async function rosterHarness(parts: RosterParts = {}) {
  const { stations = [], csms = {}, files = {}, kept = new FakeKept() } = parts;
  const { clock, manager, network } = fakeHarness();
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "text", sink, clock });
  const config = loadConfig({
    file: null,
    environment: {
      OCPP_EMU_STATIONS: JSON.stringify(stations),
      OCPP_EMU_CSMS: JSON.stringify({ default_url: "ws://csms.example", ...csms }),
    },
    flags: {},
    readFile: (path) => {
      const text = files[path];
      if (text === undefined) throw new Deno.errors.NotFound();
      return text;
    },
    tryTls: () => {},
    workingFolder: "/etc/emu",
  });
  const store = new FakeStore();
  const fleet = new Fleet({
    manager,
    clock,
    random: seededRandom(1),
    log,
    store,
    heartbeatIntervalMs: 60_000,
    pingIntervalMs: 0,
    callTimeoutMs: 30_000,
  });
  kept.memories = { store, of: fleet.memories };
  const friends: Friend[] = [];
  const pause = () => Promise.resolve();
  const roster = new Roster({ fleet, reader: config.reader, kept, pause, clock, log });
  await roster.open(config.stations);
  fleet.start();
  await clock.settle();
  return {
    roster,
    fleet,
    manager,
    clock,
    network,
    kept,
    store,
    lines: sink.lines,
    /** Something that must be done, with whatever it waits for. */
    async done(answer: Promise<RosterAnswer>): Promise<readonly string[]> {
      await clock.settle();
      const given = await answer;
      assert.equal(given.kind, "done", JSON.stringify(given));
      await clock.settle();
      return given.kind === "done" ? given.warnings : [];
    },
    /** The sentence of something that is refused. */
    async refusal(answer: Promise<RosterAnswer>): Promise<string> {
      await clock.settle();
      const given = await answer;
      assert(given.kind === "refused" || given.kind === "unkept", JSON.stringify(given));
      return given.reason;
    },
    /** What is wrong with something, as `path: message`. */
    async faults(answer: Promise<RosterAnswer>): Promise<readonly string[]> {
      await clock.settle();
      const given = await answer;
      assert(given.kind === "invalid", JSON.stringify(given));
      return given.problems.map(({ path, message }) => `${path}: ${message}`);
    },
    /** The last dial succeeds, and its boot is answered. */
    async boot(): Promise<FakeTransport> {
      const attempt = network.last;
      const transport = attempt.accept(new FakeTransport(attempt.target.subprotocols[0]));
      await clock.settle();
      answerAll(transport, attempt.say, clock.now());
      await clock.settle();
      return transport;
    },
    /** From now on every dial succeeds, and the CSMS answers as a friendly one of 1.6 does. */
    befriend(): void {
      network.willAnswer(({ say, target }) => {
        const friend = new Friend(say, target.subprotocols[0]);
        friends.push(friend);
        return friend;
      });
    },
    /** The last connection that {@link befriend} gave. */
    friend: () => friends.at(-1)!,
    /** The CALLs of the last connection, as their actions. */
    actions(): readonly string[] {
      return friends.at(-1)?.actions ?? [];
    },
    async over(): Promise<void> {
      fleet.stop();
      await manager.shutdown();
      assert.equal(clock.pending, 0, "nothing is left");
    },
  };
}

/** What a friendly CSMS says, whatever the version. */
const ANSWERS: Readonly<Record<string, object>> = {
  BootNotification: { status: "Accepted", currentTime: "1970-01-01T00:00:00Z", interval: 600 },
  Authorize: { idTagInfo: { status: "Accepted" } },
  StartTransaction: { idTagInfo: { status: "Accepted" }, transactionId: 7 },
  Heartbeat: { currentTime: "1970-01-01T00:00:00Z" },
};

class Friend extends FakeTransport {
  readonly actions: string[] = [];
  readonly #say: (text: string) => void;

  constructor(say: (text: string) => void, subprotocol?: string) {
    super(subprotocol);
    this.#say = say;
  }

  override send(text: string): void {
    super.send(text);
    const [type, id, action] = JSON.parse(text);
    if (type !== 2) return;
    this.actions.push(action);
    queueMicrotask(() => this.#say(JSON.stringify([3, id, ANSWERS[action] ?? {}])));
  }
}

/** Answers the BootNotification, if there is one. */
function answerAll(transport: FakeTransport, say: (text: string) => void, now: number): void {
  for (const text of transport.sent) {
    const [type, id, action] = JSON.parse(text);
    if (type !== 2 || action !== "BootNotification") continue;
    const currentTime = new Date(now).toISOString();
    say(JSON.stringify([3, id, { status: "Accepted", currentTime, interval: 600 }]));
  }
}
