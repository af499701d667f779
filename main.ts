/**
 * The entry point: gathers everything impure into a {@link CliWorld} and hands it to the command.
 *
 * @module
 */
import defaultConfig from "./config.yaml" with { type: "text" };
import deno from "./deno.json" with { type: "json" };
import { type CliWorld, programForm, run } from "./src/cli/mod.ts";
import { SystemClock, systemRandom } from "./src/clock/mod.ts";
import { createDenoDial } from "./src/connection/mod.ts";
import { serveHttp } from "./src/http/mod.ts";
import { fileSink, writerSink } from "./src/log/mod.ts";
import { openStore } from "./src/store/mod.ts";

const environment = Deno.env.toObject();
const world: CliWorld = {
  version: deno.version,
  clock: new SystemClock(),
  random: systemRandom,
  defaultConfig,
  environment,
  workingFolder: Deno.cwd(),
  ...programForm({
    standalone: Deno.build.standalone,
    executable: Deno.execPath(),
    environment,
  }),
  files: { exists, readText: Deno.readTextFileSync },
  openSink: (output) =>
    output === "stdout" || output === "stderr"
      ? Promise.resolve(writerSink({ write: (bytes) => Deno[output].write(bytes) }))
      : fileSink(output),
  openDial: createDenoDial,
  openStore,
  memory: Deno.memoryUsage,
  listen: serveHttp,
  startCsms: async (options) => (await import("./src/csms/mod.ts")).startCsms(options),
  print: (text) => write(Deno.stdout, text),
  complain: (text) => write(Deno.stderr, text),
  onSignal,
  onUncaught,
  exit: Deno.exit,
};

Deno.exit(await run(Deno.args, world));

function write(to: { writeSync(bytes: Uint8Array): number }, text: string): void {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length;) at += to.writeSync(bytes.subarray(at));
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

function onSignal(stop: () => void): () => void {
  // Windows knows SIGINT only, and says so by throwing.
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  return () => {
    for (const signal of signals) Deno.removeSignalListener(signal, stop);
  };
}

function onUncaught(report: (thrown: unknown) => void): () => void {
  function onError(event: ErrorEvent): void {
    event.preventDefault();
    report(event.error);
  }
  function onRejection(event: PromiseRejectionEvent): void {
    event.preventDefault();
    report(event.reason);
  }
  globalThis.addEventListener("error", onError);
  globalThis.addEventListener("unhandledrejection", onRejection);
  return () => {
    globalThis.removeEventListener("error", onError);
    globalThis.removeEventListener("unhandledrejection", onRejection);
  };
}
