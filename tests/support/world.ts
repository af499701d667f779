/**
 * The world of the command line, all in memory: files, output, time, network, signals.
 *
 * @module
 */
import { resolve } from "node:path";
import type { CliWorld } from "../../src/cli/mod.ts";
import { seededRandom, VirtualClock } from "../../src/clock/mod.ts";
import { Csms, type Listen, startCsms } from "../../src/csms/mod.ts";
import { ListenError } from "../../src/http/mod.ts";
import { memorySink } from "../../src/log/mod.ts";
import { openStore, type StoreError } from "../../src/store/mod.ts";
import { within } from "./connection_harness.ts";
import { FakeDial, FakeTransport } from "./fake_transport.ts";
import { Inbox } from "./inbox.ts";

/** What there is in a {@link FakeWorld}, beside what is empty. */
export interface WorldParts {
  /** By path; relative ones lie in the working folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Ports that others listen on. */
  readonly busyPorts?: readonly number[];
  /** Why the store cannot be opened. */
  readonly storeRefuses?: StoreError;
}

/** Where relative files of a {@link FakeWorld} lie. */
export const FOLDER = "/site";

/** A port that was not asked for by number. */
export const FREE_PORT = 54321;

/** Gives {@link FakeWorld.world} to a command, and looks at what it did. */
export class FakeWorld {
  readonly clock = new VirtualClock();
  /** Every dial gets through, to a peer that says nothing. */
  readonly network = new FakeDial(({ target }) => {
    const transport = new FakeTransport(target.subprotocols[0]);
    transport.answersClose = this.peersAnswerClose;
    this.transports.push(transport);
    return transport;
  });
  readonly transports: FakeTransport[] = [];
  peersAnswerClose = true;
  /** Every CSMS that was started. */
  readonly csmses: Csms[] = [];
  /** What HTTP listened on. */
  readonly listened: { readonly hostname: string; readonly port: number }[] = [];
  /** Every store that was asked for. It is in memory, whatever its path. */
  readonly storePaths: string[] = [];
  printed = "";
  complained = "";
  /** What {@link CliWorld.exit} was called with. */
  readonly exits: number[] = [];
  /** Lines of the log, by output. */
  readonly logs = new Map<string, string[]>();
  readonly world: CliWorld;
  readonly #said = new Inbox<string>();
  readonly #stops = new Set<() => void>();
  readonly #reports = new Set<(thrown: unknown) => void>();

  constructor(parts: WorldParts = {}) {
    const files = new Map(
      Object.entries(parts.files ?? {}).map(([path, text]) => [resolve(FOLDER, path), text]),
    );
    const busy = new Set(parts.busyPorts);
    this.world = {
      version: "1.2.3",
      form: "source",
      defaultConfig: "# every key\n",
      clock: this.clock,
      random: seededRandom(1),
      environment: parts.environment ?? {},
      workingFolder: FOLDER,
      executableFolder: null,
      files: {
        exists: (path) => files.has(path),
        readText: (path) => {
          const text = files.get(path);
          if (text === undefined) throw new Deno.errors.NotFound(`No such file: ${path}`);
          return text;
        },
      },
      openSink: (output) => {
        const lines = this.logs.get(output) ?? [];
        this.logs.set(output, lines);
        const sink = memorySink(lines);
        return Promise.resolve({
          ...sink,
          write: (line) => {
            sink.write(line);
            this.#said.put(line);
          },
        });
      },
      openDial: () => ({ dial: this.network.dial, makeRoom() {}, [Symbol.dispose]() {} }),
      openStore: (options) => {
        this.storePaths.push(options.path);
        if (parts.storeRefuses) throw parts.storeRefuses;
        return openStore({ ...options, path: ":memory:" });
      },
      memory: () => ({ rss: 1, heapUsed: 1, external: 1 }),
      listen: ({ hostname, port, shutdown }) => {
        if (busy.has(port)) {
          return Promise.reject(new ListenError(`Cannot listen on ${hostname}:${port}: in use`));
        }
        this.listened.push({ hostname, port });
        return Promise.resolve({
          port: port === 0 ? FREE_PORT : port,
          stop: () => Promise.resolve(shutdown.abort()),
        });
      },
      startCsms: async (options) => {
        const csms = await startCsms({ ...options, listen: fakeListen(busy) });
        this.csmses.push(csms);
        return csms;
      },
      print: (text) => {
        this.printed += text;
        this.#said.put(text);
      },
      complain: (text) => void (this.complained += text),
      onSignal: (stop) => {
        this.#stops.add(stop);
        return () => this.#stops.delete(stop);
      },
      onUncaught: (report) => {
        this.#reports.add(report);
        return () => this.#reports.delete(report);
      },
      // The real one never returns. This one lets the test look at what would have been lost.
      exit: ((code: number) => void this.exits.push(code)) as CliWorld["exit"],
    };
  }

  /** Log lines on standard output. */
  get log(): readonly string[] {
    return this.logs.get("stdout") ?? [];
  }

  /** How many want to hear of signals and of errors that nobody caught. */
  get handlers(): number {
    return this.#stops.size + this.#reports.size;
  }

  /** The next log line or print that matches. */
  says(pattern: RegExp): Promise<string> {
    return within(String(pattern), this.#said.take((text) => pattern.test(text)));
  }

  /** SIGINT or SIGTERM. */
  signal(): void {
    for (const stop of this.#stops) stop();
  }

  /** An error that nobody caught. */
  uncaught(thrown: unknown): void {
    for (const report of this.#reports) report(thrown);
  }
}

/** Listens in the air. */
function fakeListen(busy: ReadonlySet<number>): Listen {
  return ({ port, signal }) => {
    if (busy.has(port)) throw new Deno.errors.AddrInUse("Address already in use (os error 98)");
    const { promise: finished, resolve } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => resolve());
    return { addr: { port: port === 0 ? FREE_PORT : port }, finished };
  };
}
