import assert from "node:assert/strict";
import { seededRandom, VirtualClock } from "../../src/clock/mod.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { createLog, memorySink, Topic } from "../../src/log/mod.ts";
import {
  checkCall,
  checkResult,
  loadVersion,
  type OcppVersion,
  parseFrame,
  SUBPROTOCOLS,
  type VersionId,
} from "../../src/ocpp/mod.ts";
import { loadDialect } from "../../src/station/dialects.ts";
import { Logbook } from "../../src/station/traffic/logbook.ts";
import { Memories } from "../../src/station/memory/memories.ts";
import { Pace } from "../../src/station/outbox/pace.ts";
import { Transfers } from "../../src/station/service/transfers.ts";
import { settingDefaults } from "../../src/station/fleet/setting_defaults.ts";
import { Station } from "../../src/station/station.ts";
import type { StationChange } from "../../src/station/station_change.ts";
import { FakeCsms, type SentCall } from "./fake_csms.ts";
import { FakeStore } from "./fake_store.ts";

type Payload = Record<string, unknown>;

/** How the CSMS answers an action: a payload, a CALLERROR, or not at all. */
export type Reply =
  | Payload
  | { readonly error: string }
  | "silence"
  | ((payload: Payload, call: SentCall) => Payload | { readonly error: string } | "silence");

/** How a {@link stationHarness} may differ. */
export interface HarnessOptions {
  readonly version?: VersionId;
  /** As in config.yaml, beside the id. */
  readonly station?: object;
  readonly csms?: object;
  /** By action; what is not named is answered like a friendly CSMS does. */
  readonly replies?: Readonly<Record<string, Reply>>;
  readonly seed?: number;
  /** What a station remembers: give it to the next to see it restart. */
  readonly store?: FakeStore;
}

/**
 * One station on a virtual clock, with a CSMS that answers at once and holds every frame of the station
 * against its schema: what does not fit fails the test at {@link StationHarness.over}.
 */
export class StationHarness {
  readonly clock: VirtualClock;
  readonly csms = new FakeCsms();
  readonly station: Station;
  readonly lines: readonly string[];
  /** What was published of the station. */
  readonly facts: StationChange[] = [];
  /** Change them as the test goes. */
  replies: Record<string, Reply>;
  /** What the station sent against the rules. */
  readonly violations: string[] = [];
  readonly #version: OcppVersion;
  readonly #asked = new Map<string, { action: string; answered: (frame: unknown[]) => void }>();
  #transactions = 0;
  #calls = 0;

  constructor(clock: VirtualClock, parts: {
    station: Station;
    version: OcppVersion;
    lines: readonly string[];
    facts: Topic<StationChange>;
    replies: Readonly<Record<string, Reply>>;
  }) {
    this.clock = clock;
    this.station = parts.station;
    this.lines = parts.lines;
    this.replies = { ...parts.replies };
    this.#version = parts.version;
    parts.facts.subscribe((fact) => this.facts.push(fact));
    this.csms.onSent = (text) => this.#hear(text);
    this.station.attach(() => this.csms);
  }

  /** There is a connection. */
  async open(): Promise<void> {
    this.csms.status = "sent";
    this.station.line.opened(this.#version.subprotocol);
    await this.clock.settle();
  }

  /** The connection is lost. */
  async lose(): Promise<void> {
    this.csms.status = "offline";
    this.station.line.closed({ message: "the network went away" });
    await this.clock.settle();
  }

  /** Connects and is accepted; what that led to is forgotten. */
  async boot(): Promise<this> {
    await this.open();
    assert(this.station.line.accepted);
    this.forget();
    return this;
  }

  /** What was sent so far no longer counts. */
  forget(): void {
    this.csms.sent.length = 0;
  }

  /** The CSMS calls; its answer is the payload, or `{ error: code }`. */
  async call(action: string, payload: Payload): Promise<Payload> {
    const id = `csms-${++this.#calls}`;
    const answer = new Promise<unknown[]>((answered) => this.#asked.set(id, { action, answered }));
    this.station.line.received(JSON.stringify([2, id, action, payload]));
    await this.clock.settle();
    const frame = await answer;
    return frame[0] === 3 ? frame[2] as Payload : { error: frame[2] };
  }

  /** Everything that the station said, in short: `Authorize`, `StatusNotification Charging`. */
  get said(): readonly string[] {
    return this.csms.calls.map(({ action, payload }) =>
      typeof payload.status === "string" ? `${action} ${payload.status}` : action
    );
  }

  /** The payloads of the CALLs of one action. */
  payloads(action: string): readonly Payload[] {
    return this.csms.calls.filter((call) => call.action === action).map(({ payload }) => payload);
  }

  /** The payload of the only CALL of an action. */
  only(action: string): Payload {
    const found = this.payloads(action);
    assert.equal(found.length, 1, `${action}: ${JSON.stringify(this.csms.actions)}`);
    return found[0]!;
  }

  /** Ends the station: nothing may be left, and nothing may have been against the rules. */
  async over(): Promise<void> {
    await this.lose();
    this.station.stop();
    // Timers of calls are left to run out; none of them may start anything.
    for (let round = 0; this.clock.untilNext !== null && round < 100; round++) {
      await this.clock.advance(this.clock.untilNext);
    }
    assert.equal(this.clock.pending, 0, "timers are left");
    assert.deepEqual(this.violations, []);
  }

  #hear(text: string): void {
    const frame = parseFrame(text, this.#version);
    if (frame.type === "call" || frame.type === "send") {
      const fault = checkCall(this.#version, frame, "station");
      if (fault !== null) this.violations.push(`${frame.action}: ${fault.message}`);
      // Nobody answers a SEND.
      if (frame.type === "call") void this.#reply(frame);
    } else if (frame.type === "result" || frame.type === "error") {
      const asked = this.#asked.get(frame.id);
      this.#asked.delete(frame.id);
      if (frame.type === "result" && asked !== undefined) this.#check(asked.action, frame.payload);
      asked?.answered(JSON.parse(text));
      // A CALLRESULTERROR tells of an answer that could not be read (2.1 part 4 §4.2.4).
    } else if (frame.type !== "result-error") this.violations.push(`Unexpected frame: ${text}`);
  }

  async #reply(call: SentCall): Promise<void> {
    const given = this.replies[call.action];
    const reply = typeof given === "function"
      ? given(call.payload, call)
      : given ?? this.#friendly(call);
    if (reply === "silence") return;
    // As over a socket: never within the send.
    await Promise.resolve();
    if (this.csms.status === "offline") return;
    const text = "error" in reply
      ? JSON.stringify([4, call.id, reply.error, "", {}])
      : JSON.stringify([3, call.id, reply]);
    this.station.line.received(text);
  }

  #friendly({ action, payload }: SentCall): Payload {
    const time = new Date(this.clock.now()).toISOString();
    switch (action) {
      case "BootNotification":
        return { status: "Accepted", currentTime: time, interval: 3600 };
      case "Heartbeat":
        return { currentTime: time };
      case "Authorize":
        return this.#version.id === "1.6"
          ? { idTagInfo: { status: "Accepted" } }
          : { idTokenInfo: { status: "Accepted" } };
      case "StartTransaction":
        return { idTagInfo: { status: "Accepted" }, transactionId: ++this.#transactions };
      case "DataTransfer":
      case "SignCertificate":
        return { status: "Accepted" };
      case "TransactionEvent":
        return payload.idToken === undefined ? {} : { idTokenInfo: { status: "Accepted" } };
      default:
        return {};
    }
  }

  /** Holds an answer of the station against its schema. */
  #check(action: string, payload: Payload): void {
    const definition = this.#version.actions.get(action);
    if (definition === undefined) return;
    const result = { kind: "result", id: "", payload, latencyMs: 0 } as const;
    const fault = checkResult(this.#version, definition, result);
    if (fault !== null) this.violations.push(`The answer to ${action}: ${fault.message}`);
  }
}

/** A station that is not connected yet. End it with {@link StationHarness.over}. */
export async function stationHarness(options: HarnessOptions = {}): Promise<StationHarness> {
  const { version: id = "1.6", replies = {}, seed = 1 } = options;
  const clock = new VirtualClock();
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "json", sink, clock });
  const config = loadConfig({
    file: null,
    environment: {
      OCPP_EMU_STATIONS: JSON.stringify([
        { id: "CP1", protocol_version: id, url: "ws://csms.example/ocpp", ...options.station },
      ]),
      OCPP_EMU_CSMS: JSON.stringify({ heartbeat_interval: "60s", ...options.csms }),
    },
    flags: {},
    readFile: () => assert.fail("no file is read"),
    workingFolder: "/nowhere",
  });
  const [version, dialect] = await Promise.all([loadVersion(id), loadDialect(id)]);
  const facts = new Topic<StationChange>((error) => assert.fail(String(error)));
  const { store = new FakeStore() } = options;
  let ids = 0;
  const station = new Station({
    world: {
      clock,
      random: seededRandom(seed),
      newId: () => `id-${++ids}`,
      transfers: new Transfers(clock, { enter: () => Promise.resolve(true), leave: () => {} }),
      logbook: new Logbook(log, clock),
      memories: new Memories(store, clock),
      facts,
      pace: new Pace(clock, 1_000),
      bootRetryMs: config.csms.heartbeatIntervalMs,
      callTimeoutMs: config.csms.callTimeoutMs,
    },
    config: config.stations[0]!,
    languages: [{ version, dialect }],
    defaults: settingDefaults(config.csms)(config.stations[0]!),
    registrationChanged: () => {},
  });
  assert.equal(SUBPROTOCOLS[id], version.subprotocol);
  return new StationHarness(clock, { station, version, lines: sink.lines, facts, replies });
}
