/**
 * The whole program in the process of the test: real sockets, real time, a real port.
 *
 * @module
 */
import { type App, createApp } from "../../src/app.ts";
import { SystemClock, systemRandom } from "../../src/clock/mod.ts";
import { loadConfig } from "../../src/config/mod.ts";
import { createDenoDial } from "../../src/connection/mod.ts";
import { serveHttp } from "../../src/http/mod.ts";
import { memorySink } from "../../src/log/mod.ts";
import { openStore } from "../../src/store/mod.ts";

/** A program that serves, and what to ask it with. */
export interface RealApp extends AsyncDisposable {
  readonly app: App;
  readonly url: string;
  /** Lines of the log. */
  readonly lines: readonly string[];
  /** @param body sent as JSON */
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** What a GET says. */
  // deno-lint-ignore no-explicit-any -- whatever JSON holds
  get(path: string): Promise<any>;
}

/** Starts it. `config` is config.yaml in JSON; the store is in memory unless it names a file. */
export async function startApp(config: {
  readonly csms: object;
  readonly storage?: object;
  readonly stations?: readonly object[];
}): Promise<RealApp> {
  const sink = memorySink();
  const text = JSON.stringify({
    server: { port: 0 },
    logging: { level: "info" },
    storage: { path: ":memory:" },
    ...config,
  });
  const app = await createApp(
    loadConfig({
      file: { path: "/etc/emu/config.yaml", text },
      environment: {},
      flags: {},
      readFile: Deno.readTextFileSync,
      workingFolder: "/etc/emu",
    }),
    {
      version: "1.2.3",
      clock: new SystemClock(),
      random: systemRandom,
      openSink: () => Promise.resolve(sink),
      openDial: createDenoDial,
      openStore,
      memory: Deno.memoryUsage,
      listen: serveHttp,
    },
  );
  const { port } = await app.start();
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    url,
    lines: sink.lines,
    send: (method, path, body) =>
      fetch(url + path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    get: async (path) => await (await fetch(url + path)).json(),
    [Symbol.asyncDispose]: () => app.stop(),
  };
}
