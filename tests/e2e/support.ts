import { SystemClock, systemRandom } from "../../src/clock/mod.ts";
import { type Csms, type CsmsOptions, startCsms } from "../../src/csms/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { within } from "../support/connection_harness.ts";
import { Inbox } from "../support/inbox.ts";
import { type Answer, Program, type StartOptions } from "../support/process.ts";

/** The built-in CSMS in the process of the test, on a free port, and in real time. */
export function realCsms(options: Partial<CsmsOptions> = {}): Promise<Csms> {
  return startCsms({ clock: new SystemClock(), random: systemRandom, log: silentLog, ...options });
}

/** What a {@link configFor} may say beside the URL of the CSMS. */
export interface ConfigParts {
  readonly server?: object;
  readonly csms?: object;
  readonly stations?: readonly object[];
  readonly fleets?: readonly object[];
}

/** One station for each version. */
export const THREE = [
  { id: "CP16", protocol_version: "1.6" },
  { id: "CP201", protocol_version: "2.0.1" },
  { id: "CP21", protocol_version: "2.1" },
];

/** A config.yaml with short waits, and HTTP on any free port. JSON is YAML. */
export function configFor(url: string, parts: ConfigParts = {}): string {
  return JSON.stringify({
    server: { port: 0, ...parts.server },
    logging: { level: "debug" },
    csms: {
      default_url: url,
      reconnect_backoff: "200ms",
      reconnect_max_backoff: "1s",
      reconnect_jitter: 0,
      max_reconnect_attempts: 0,
      ...parts.csms,
    },
    stations: parts.stations ?? THREE,
    fleets: parts.fleets ?? [],
  });
}

/** The program, serving stations that dial `url`. */
export function serve(
  url: string,
  parts: ConfigParts = {},
  options: StartOptions = {},
): Promise<Program> {
  return Program.start(["serve"], { config: configFor(url, parts), ...options });
}

/** Waits until every station is connected and accepted. */
export async function ready(program: Program): Promise<Answer> {
  return await within("/ready", program.get("/ready?timeout=10s"));
}

/** Waits until the CSMS has what it should have. */
export async function until(csms: Csms, what: string, condition: (csms: Csms) => boolean) {
  await within(`the CSMS to have ${what}`, csms.until(condition));
}

/** One event of `/api/events`. */
export interface SeenEvent {
  readonly stationId: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly cause: { readonly kind: string; readonly message: string } | null;
  readonly retryAt: string | null;
}

/** A reader of `/api/events`. It listens when the promise resolves. */
export class EventReader implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #events = new Inbox<SeenEvent>();
  readonly #done: Promise<void>;

  private constructor(reader: ReadableStreamDefaultReader<string>) {
    this.#reader = reader;
    this.#done = this.#read();
  }

  static async open(program: Program, query = ""): Promise<EventReader> {
    const { body } = await fetch(`${await program.url()}/api/events${query}`);
    const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
    // The greeting: from here on nothing is missed.
    await reader.read();
    return new EventReader(reader);
  }

  /** The next change to a state. */
  async to(state: string, stationId?: string): Promise<SeenEvent> {
    const next = this.#events.take((event) =>
      event.to === state && (stationId === undefined || event.stationId === stationId)
    );
    return await within(`an event to ${state}`, next);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel();
    await this.#done;
  }

  async #read(): Promise<void> {
    let rest = "";
    for (;;) {
      const { value, done } = await this.#reader.read();
      if (done) return this.#events.end("The stream of events ended");
      const blocks = (rest + value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (/^event: state$/m.test(block) && data !== undefined) this.#events.put(JSON.parse(data));
      }
    }
  }
}
