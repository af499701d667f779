import { fileURLToPath } from "node:url";
import deno from "../../../deno.json" with { type: "json" };
import { type Child, startChild, whileAlive } from "./child.ts";
import { until } from "./until.ts";

const ROOT = new URL("../../../", import.meta.url);

/** What `deno task start` gives to Deno: `run`, and the flags before the program. */
const flags = deno.tasks.start.command.split(" ").slice(1, -1);

/** What the program is to play. */
export interface FleetOptions {
  /** Where its CSMS is. */
  readonly url: string;
  readonly size: number;
  /** 1.6 by default. */
  readonly version?: "1.6" | "2.0.1" | "2.1";
  /** `10s`, as in the config.yaml that is shipped, by default. */
  readonly backoff?: string;
}

/** The program as its users start it, with a fleet, and its store in a folder that goes with it. */
export class Program implements Child {
  readonly pid: number;
  readonly ended: Promise<number>;
  /** Of its HTTP API. */
  readonly url: string;
  readonly #child: Child;
  readonly #folder: string;

  private constructor(child: Child, url: string, folder: string) {
    this.#child = child;
    this.pid = child.pid;
    this.ended = child.ended;
    this.url = url;
    this.#folder = folder;
  }

  /** It is not listening yet when the promise resolves. */
  static async start(options: FleetOptions): Promise<Program> {
    const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-bench-" });
    const port = freePort();
    await Deno.writeTextFile(`${folder}/config.yaml`, config(port, options));
    const args = [...flags, "--config", path("deno.json"), path("main.ts")];
    const command = [...args, "serve", "--config", `${folder}/config.yaml`];
    const child = startChild(Deno.execPath(), command, folder);
    return new Program(child, `http://127.0.0.1:${port}`, folder);
  }

  /** Waits until it answers `/health` with 200. @throws {Error} when it ends first */
  healthy(): Promise<number> {
    return whileAlive(this, healthy(this.url));
  }

  /** The text of `/metrics`. */
  async metrics(): Promise<string> {
    return await (await fetch(`${this.url}/metrics`)).text();
  }

  async kill(): Promise<void> {
    await this.#child.kill();
    await Deno.remove(this.#folder, { recursive: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }
}

/** Waits until `/health` is answered with 200. @returns when, in milliseconds of this process */
export function healthy(url: string): Promise<number> {
  return until(`200 from ${url}/health`, async () => {
    try {
      const response = await fetch(`${url}/health`);
      await response.body?.cancel();
      return { is: response.ok, value: performance.now() };
    } catch {
      // Nobody listens yet.
      return { is: false, value: performance.now() };
    }
  }, 2);
}

/** A port that nobody listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** JSON is YAML. Everything that is not said keeps its default. */
function config(port: number, options: FleetOptions): string {
  const { url, size, version = "1.6", backoff = "10s" } = options;
  const last = String(size);
  const fleet = { id: `CP{${"1".padStart(last.length, "0")}..${last}}`, protocol_version: version };
  return JSON.stringify({
    server: { port },
    storage: { path: "./data/ocpp-emu.db" },
    csms: { default_url: url, max_reconnect_attempts: 0, reconnect_backoff: backoff },
    fleets: [fleet],
  });
}

function path(name: string): string {
  return fileURLToPath(new URL(name, ROOT));
}
