import { fileURLToPath } from "node:url";

/** A process that is measured, or that helps to measure. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** Its exit code, once it is gone. */
  readonly ended: Promise<number>;
  /** Ends it as a crash does, and waits until it is gone. */
  kill(): Promise<void>;
}

/** How long a child may take to say its first line. */
const PATIENCE_MS = 60_000;

/** Those that run. */
const living = new Set<Deno.ChildProcess>();

/** Ends all of them: whoever interrupts the benchmark is not left with 10,000 stations. */
export function killAll(): void {
  for (const process of living) process.kill("SIGKILL");
}

/** Starts a command whose output nobody reads. */
export function startChild(command: string, args: readonly string[], cwd?: string): Child {
  return asChild(spawn(command, args, "null", cwd));
}

/**
 * Starts a command and waits for the first line that it prints.
 *
 * @throws {Error} when it ends or says nothing within a minute
 */
export async function startTalking(
  command: string,
  args: readonly string[],
  cwd?: string,
): Promise<Child & { readonly firstLine: string }> {
  const process = spawn(command, args, "piped", cwd);
  const child = asChild(process);
  const timer = setTimeout(() => void child.kill(), PATIENCE_MS);
  try {
    return Object.assign(child, { firstLine: await firstLine(process.stdout) });
  } catch (cause) {
    await child.kill();
    throw new Error(`Cannot start "${[command, ...args].join(" ")}"`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

/** What is waited for, unless the child ends first. @throws {Error} when it does */
export function whileAlive<T>(child: Child, waiting: Promise<T>): Promise<T> {
  const ended = child.ended.then((code) => {
    throw new Error(`Process ${child.pid} ended with code ${code} before it was measured`);
  });
  return Promise.race([waiting, ended]);
}

/** The command line of a Deno script of this folder, with all permissions and no check of types. */
export function script(name: string, ...args: readonly string[]): [string, string[]] {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return [Deno.execPath(), ["run", "-q", "-A", "--no-check", path, ...args]];
}

function spawn(command: string, args: readonly string[], stdout: "null" | "piped", cwd?: string) {
  return new Deno.Command(command, {
    args: [...args],
    cwd,
    stdin: "null",
    stdout,
    stderr: "inherit",
  }).spawn();
}

function asChild(process: Deno.ChildProcess): Child {
  living.add(process);
  const ended = process.status.then(({ code }) => {
    living.delete(process);
    return code;
  });
  async function kill(): Promise<void> {
    if (living.has(process)) process.kill("SIGKILL");
    await ended;
  }
  return { pid: process.pid, ended, kill, [Symbol.asyncDispose]: kill };
}

async function firstLine(stdout: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`It ended, and said: ${JSON.stringify(text)}`);
    text += value;
    const end = text.indexOf("\n");
    if (end < 0) continue;
    // What else it may say is thrown away, so that it never waits for a reader.
    void drain(reader);
    return text.slice(0, end);
  }
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}
