/**
 * What one station and ocpp-rpc's strict server say to each other, written down as a specification's
 * sequence diagram has it.
 *
 * @module
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type App, createApp } from "../../src/app.ts";
import { scaledClock, seededRandom, SystemClock } from "../../src/clock/mod.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { createDenoDial } from "../../src/connection/mod.ts";
import { memorySink } from "../../src/log/mod.ts";
import type { Driver } from "../../src/station/mod.ts";
import { openStore } from "../../src/store/mod.ts";
import { eventually, within } from "./connection_harness.ts";
import { type Params, type RpcClient, RpcCsms } from "./ocpp_rpc.ts";
import { answer2, describe, isQuieting, isReading, outcome } from "./sequence_words.ts";

/** How fast the program's time passes here: waits of seconds take milliseconds. */
const SPEED = 20;

/** One CALL and what became of it. */
interface Exchange {
  readonly sender: "csms" | "station";
  readonly text: string;
  answer: string | null;
}

/** As in config.yaml, beside the id; some of it may depend on where the CSMS is. */
type Configured = object | ((csmsUrl: string) => object | Promise<object>);

/** A station of the program and its CSMS, with everything that they say. */
export class Sequence implements AsyncDisposable {
  readonly csms: RpcCsms;
  readonly #app: App;
  readonly #log: readonly string[];
  readonly #exchanges: Exchange[] = [];
  readonly #open = new Map<string, Exchange>();
  readonly #overlaps: string[] = [];
  readonly #last = new Map<string, Params>();
  /** So many there were. */
  connections = 0;
  #client: RpcClient | null = null;
  #transactions = 0;

  /** @param files what the configuration names, by path */
  static async start(
    configured: Configured = {},
    files: Readonly<Record<string, string>> = {},
  ): Promise<Sequence> {
    const csms = await RpcCsms.start();
    const station = typeof configured === "function" ? await configured(csms.url) : configured;
    const sink = memorySink();
    const config = loadConfig({
      file: null,
      environment: {
        OCPP_EMU_CSMS: JSON.stringify({ default_url: csms.url, reconnect_backoff: "1s" }),
        OCPP_EMU_SIMULATION: JSON.stringify({ speed: 60 }),
        OCPP_EMU_STATIONS: JSON.stringify([{ id: "CP1", ...station }]),
      },
      flags: {},
      readFile: (path) => files[path] ?? assert.fail(`no file ${path} is there`),
      workingFolder: "/nowhere",
    });
    const app = await createApp(config, {
      version: "0",
      clock: scaledClock(new SystemClock(), SPEED),
      random: seededRandom(1),
      openSink: () => Promise.resolve(sink),
      openDial: createDenoDial,
      openStore: (options) => openStore({ ...options, path: ":memory:" }),
      memory: () => ({ rss: 1, heapUsed: 1, external: 1 }),
      listen: () => Promise.resolve({ port: 0, stop: () => Promise.resolve() }),
    });
    const sequence = new Sequence(csms, app, sink.lines);
    await app.start();
    return sequence;
  }

  private constructor(csms: RpcCsms, app: App, log: readonly string[]) {
    this.csms = csms;
    this.#app = app;
    this.#log = log;
    csms.onClient = (client) => this.#welcome(client);
  }

  get driver(): Driver {
    return this.#app.fleet.driver("CP1")!;
  }

  /** The payload of the last CALL of the station of this action. */
  last(action: string): Params {
    return this.#last.get(action) ?? assert.fail(`the station never said ${action}`);
  }

  /** The CSMS calls, and gets the answer. */
  async call(action: string, params: Params): Promise<Params> {
    assert(this.#client !== null);
    return await within(action, this.#client.call(action, params)) as Params;
  }

  /** Waits until the last lines are these, all is answered, and the station has nothing more to say. */
  async until(...last: readonly string[]): Promise<void> {
    await eventually(
      last.join("; "),
      () =>
        this.#open.size === 0 && this.#app.fleet.view("CP1")!.queuedMessages === 0 &&
        (last.length === 0 || isDeepStrictEqual(this.lines.slice(-last.length), last)),
    ).catch((error) => assert.fail(`${error}: ${JSON.stringify(this.lines, null, 1)}`));
  }

  /** Ends the readings of transactions, so that none crosses what comes next. It is not written down. */
  async quiet(): Promise<void> {
    if (this.#client?.protocol === "ocpp1.6") {
      await this.call("ChangeConfiguration", { key: "MeterValueSampleInterval", value: "0" });
    } else {
      const component = { name: "SampledDataCtrlr" };
      const variable = { name: "TxUpdatedInterval" };
      await this.call("SetVariables", {
        setVariableData: [{ component, variable, attributeValue: "0" }],
      });
    }
    await this.until();
  }

  /**
   * The sequence, a line for each CALL with its answer. Heartbeats are left out, and of readings in a row
   * one is told.
   */
  get lines(): readonly string[] {
    return this.#exchanges.map(({ sender, text, answer }) =>
      `${sender}: ${text}${answer === null || answer === "" ? "" : ` → ${answer}`}`
    ).filter((line, index, all) => !isReading(line) || line !== all[index - 1]);
  }

  /** Forgets what was said so far. */
  forget(): void {
    this.#exchanges.length = 0;
  }

  /** Fails unless this is what was said, without any fault on either side. */
  async is(expected: readonly string[]): Promise<void> {
    await this.until(...expected.slice(-3));
    assert.deepEqual(this.lines, expected);
    assert.deepEqual(this.csms.complaints, []);
    assert.deepEqual(this.#overlaps, [], "one CALL at a time");
    const complaints = this.#log.filter((line) => /breaks a rule|"level":"error"/.test(line));
    assert.deepEqual(complaints, []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app.stop();
    await this.csms[Symbol.asyncDispose]();
  }

  #welcome(client: RpcClient): void {
    this.#client = client;
    this.connections++;
    client.on("message", (what) => {
      const { message, outbound } = what as { message: unknown; outbound: boolean };
      this.#note(JSON.parse(String(message)), outbound ? "csms" : "station");
    });
    const answer = client.protocol === "ocpp1.6"
      ? (action: string) => this.#answer16(action)
      : answer2;
    client.handle(({ method, params = {} }) => Promise.resolve(answer(method, params)));
  }

  #answer16(action: string): Params {
    const idTagInfo = { status: "Accepted" };
    if (action === "Authorize" || action === "StopTransaction") return { idTagInfo };
    if (action === "StartTransaction") return { idTagInfo, transactionId: ++this.#transactions };
    return {};
  }

  #note(frame: readonly unknown[], sender: "csms" | "station"): void {
    const id = String(frame[1]);
    if (frame[0] === 2) {
      if (frame[2] === "Heartbeat" || isQuieting(frame)) return;
      const other = [...this.#open.values()].find((one) => one.sender === sender);
      if (other !== undefined) this.#overlaps.push(`${frame[2]} before ${other.text} was answered`);
      const text = describe(String(frame[2]), frame[3] as Params);
      if (sender === "station") this.#last.set(String(frame[2]), frame[3] as Params);
      const exchange: Exchange = { sender, text, answer: null };
      this.#exchanges.push(exchange);
      this.#open.set(id, exchange);
      return;
    }
    const exchange = this.#open.get(id);
    this.#open.delete(id);
    if (exchange !== undefined) exchange.answer = outcome(frame);
  }
}
