/**
 * The program as its user runs it: a child process in a folder of its own, with its output, its HTTP
 * API, its signals and its exit code. What was started is always reaped.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { SystemClock } from "../../src/clock/mod.ts";
import { within } from "./connection_harness.ts";

/** The program. */
export const MAIN = new URL("../../main.ts", import.meta.url);
const DENO_JSON = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** How a {@link Program} is started. */
export interface StartOptions {
  /** Written as config.yaml into the working folder. */
  readonly config?: string;
  /** More files for the working folder, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** What runs in place of Deno with main.ts: a file that was built. */
  readonly executable?: string;
  /** What runs in place of main.ts: a file of the working folder. */
  readonly script?: string;
  /** `ulimit -n`, set by `sh`. */
  readonly openFiles?: number;
}

/** What the API answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // deno-lint-ignore no-explicit-any -- whatever JSON holds
  readonly body: any;
}

/** One line of the log, when the format is json. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly message: string };

interface Waiter {
  /** `true`: it has found what it waits for. */
  look(): boolean;
  fail(why: Error): void;
}

/** A run of the program. Dispose it: what still runs is killed, and its folder goes. */
export class Program implements AsyncDisposable {
  /** Standard output so far, line by line. */
  readonly output: string[] = [];
  /** Standard error so far. */
  readonly complaints: string[] = [];
  readonly pid: number;
  /** Its working folder. */
  readonly folder: string;
  /** How long it may take to say something that a test waits for. */
  patienceMs = 15_000;
  /** The exit code, once both outputs have been read to their end. 128 + n after signal n. */
  readonly exited: Promise<number>;
  readonly #child: Deno.ChildProcess;
  readonly #waiters = new Set<Waiter>();
  #ended = false;

  private constructor(child: Deno.ChildProcess, folder: string) {
    this.#child = child;
    this.pid = child.pid;
    this.folder = folder;
    this.exited = this.#watch();
  }

  static async start(args: readonly string[], options: StartOptions = {}): Promise<Program> {
    const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-test-" });
    const files = { ...options.files };
    if (options.config !== undefined) files["config.yaml"] = options.config;
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}`, text);
    }
    const main = options.script === undefined ? fileURLToPath(MAIN) : `${folder}/${options.script}`;
    const command = options.executable === undefined
      ? [
        ...[Deno.execPath(), "run", "-q", "--config", DENO_JSON, "-P=app", "--no-prompt"],
        ...[main, ...args],
      ]
      : [options.executable, ...args];
    const [first = "", ...rest] = options.openFiles === undefined
      ? command
      : ["sh", "-c", `ulimit -n ${options.openFiles}; exec "$@"`, "sh", ...command];
    const child = new Deno.Command(first, {
      args: rest,
      cwd: folder,
      clearEnv: true,
      env: { ...ownEnvironment(), NO_COLOR: "1", ...options.environment },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    return new Program(child, folder);
  }

  /** Runs to its end. */
  static async run(args: readonly string[], options: StartOptions = {}): Promise<Finished> {
    await using program = await Program.start(args, options);
    const code = await within(`"${args.join(" ")}" to end`, program.exited);
    return { code, output: program.output.join("\n"), complaints: program.complaints.join("\n") };
  }

  /** The first line of standard output, past or to come, that matches; or the one after `skip` such. */
  line(pattern: RegExp, skip = 0): Promise<string> {
    return this.#find(String(pattern), (line) => {
      return pattern.test(line) && skip-- === 0 ? line : undefined;
    });
  }

  /** The first line of the json log, past or to come, with this message and these fields. */
  logged(
    message: RegExp,
    fields: Readonly<Record<string, unknown>> = {},
    skip = 0,
  ): Promise<LogLine> {
    return this.#find(`${message} ${JSON.stringify(fields)}`, (line) => {
      const read = readLogLine(line);
      if (read === undefined || !message.test(read.message)) return undefined;
      const fits = Object.entries(fields).every(([name, value]) => read[name] === value);
      return fits && skip-- === 0 ? read : undefined;
    });
  }

  /** The json log so far. */
  get log(): LogLine[] {
    return this.output.flatMap((line) => readLogLine(line) ?? []);
  }

  /** Where HTTP listens, once the log says so. */
  async url(): Promise<string> {
    return String((await this.logged(/^Started$/)).http);
  }

  async get(path: string): Promise<Answer> {
    return readAnswer(await fetch(await this.url() + path));
  }

  async post(path: string, body?: string): Promise<Answer> {
    return readAnswer(await fetch(await this.url() + path, { method: "POST", body: body ?? null }));
  }

  signal(name: Deno.Signal): void {
    this.#child.kill(name);
  }

  /** SIGTERM, and the exit code. */
  async stop(): Promise<number> {
    this.signal("SIGTERM");
    return await within("the program to end after SIGTERM", this.exited);
  }

  /** How long a signal takes to end it, in milliseconds, and with which code. */
  async timeToEnd(name: Deno.Signal): Promise<{ ms: number; code: number }> {
    const clock = new SystemClock();
    const since = clock.monotonic();
    this.signal(name);
    const code = await within(`the program to end after ${name}`, this.exited);
    return { ms: clock.monotonic() - since, code };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#ended) this.#child.kill("SIGKILL");
    await this.exited;
    await Deno.remove(this.folder, { recursive: true });
  }

  async #watch(): Promise<number> {
    const [{ code }] = await Promise.all([
      this.#child.status.finally(() => this.#ended = true),
      this.#read(this.#child.stdout, this.output),
      this.#read(this.#child.stderr, this.complaints),
    ]);
    for (const { fail } of this.#waiters) fail(new Error(`it ended with code ${code}`));
    return code;
  }

  async #read(stream: ReadableStream<Uint8Array>, to: string[]): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of stream) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      to.push(...lines);
      for (const waiter of this.#waiters) if (waiter.look()) this.#waiters.delete(waiter);
    }
    if (rest !== "") to.push(rest);
  }

  /** Looks at each line once. What never comes fails the test, and shows what came instead. */
  async #find<T>(what: string, match: (line: string) => T | undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    let at = 0;
    const waiter: Waiter = {
      look: () => {
        for (; at < this.output.length; at++) {
          const found = match(this.output[at]!);
          if (found === undefined) continue;
          resolve(found);
          return true;
        }
        return false;
      },
      fail: reject,
    };
    if (!waiter.look()) {
      this.#waiters.add(waiter);
      if (this.#ended) void this.exited.then(() => reject(new Error("it has ended")));
    }
    try {
      return await within(`a line ${what}`, promise, this.patienceMs);
    } catch (cause) {
      const said = [...this.output, "-- standard error:", ...this.complaints].join("\n");
      throw new Error(`The program never said ${what}; it said:\n${said}`, { cause });
    } finally {
      this.#waiters.delete(waiter);
    }
  }
}

/** A run that is over. */
export interface Finished {
  readonly code: number;
  readonly output: string;
  readonly complaints: string;
}

/** Without what would configure the program under test. */
function ownEnvironment(): Record<string, string> {
  const all = Object.entries(Deno.env.toObject());
  return Object.fromEntries(all.filter(([name]) => !name.startsWith("OCPP_EMU_")));
}

function readLogLine(line: string): LogLine | undefined {
  return line.startsWith("{") ? JSON.parse(line) : undefined;
}

async function readAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { status, headers, body: await response.json() };
}
