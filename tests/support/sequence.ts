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

/** How fast the program's time passes here: waits of seconds take milliseconds. */
const SPEED = 20;

/** One CALL and what became of it. */
interface Exchange {
  readonly sender: "csms" | "station";
  readonly text: string;
  answer: string | null;
}

/** A station of the program and its CSMS, with everything that they say. */
export class Sequence implements AsyncDisposable {
  readonly csms: RpcCsms;
  readonly #app: App;
  readonly #log: readonly string[];
  readonly #exchanges: Exchange[] = [];
  readonly #open = new Map<string, Exchange>();
  readonly #overlaps: string[] = [];
  #client: RpcClient | null = null;
  #transactions = 0;

  /** Connected, accepted and described. @param station as in config.yaml, beside the id */
  static async start(station: object = {}): Promise<Sequence> {
    const csms = await RpcCsms.start();
    const sink = memorySink();
    const config = loadConfig({
      file: null,
      environment: {
        OCPP_EMU_CSMS: JSON.stringify({ default_url: csms.url, reconnect_backoff: "1s" }),
        OCPP_EMU_SIMULATION: JSON.stringify({ speed: 60 }),
        OCPP_EMU_STATIONS: JSON.stringify([{ id: "CP1", ...station }]),
      },
      flags: {},
      readFile: () => assert.fail("no file is read"),
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
    await this.call("ChangeConfiguration", { key: "MeterValueSampleInterval", value: "0" });
    await this.until();
  }

  /**
   * The sequence, a line for each CALL with its answer. Heartbeats are left out, and of readings in a row
   * one is told.
   */
  get lines(): readonly string[] {
    return this.#exchanges.map(({ sender, text, answer }) =>
      `${sender}: ${text}${answer === null || answer === "" ? "" : ` → ${answer}`}`
    ).filter((line, index, all) => !line.includes("MeterValues") || line !== all[index - 1]);
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
    client.on("message", (what) => {
      const { message, outbound } = what as { message: unknown; outbound: boolean };
      this.#note(JSON.parse(String(message)), outbound ? "csms" : "station");
    });
    client.handle(({ method }) => Promise.resolve(this.#answer(method)));
  }

  #answer(action: string): Params {
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

function isQuieting([, , , payload]: readonly unknown[]): boolean {
  return (payload as Params).key === "MeterValueSampleInterval";
}

/** A CALL with what tells it from others of its action. */
function describe(action: string, payload: Params): string {
  const { connectorId, status, reason, type } = payload;
  const isOfConnector = action === "StatusNotification";
  const details = [isOfConnector ? connectorId : undefined, status, reason, type];
  return [action, ...details.filter((detail) => detail !== undefined)].join(" ");
}

function outcome(frame: readonly unknown[]): string {
  if (frame[0] === 4) return String(frame[2]);
  const { status, idTagInfo } = frame[2] as { status?: string; idTagInfo?: { status: string } };
  return status ?? idTagInfo?.status ?? "";
}
