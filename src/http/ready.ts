import { readDuration } from "../config/mod.ts";
import { json } from "./json.ts";
import type { HttpPorts } from "./ports.ts";
import { Problem } from "./problem.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";

/** The longest wait that can be asked for: 1 h. */
const LONGEST_WAIT_MS = 3_600_000;
/** Changes of this long are looked at together: with 10,000 stations each look costs. */
const GATHER_MS = 25;
/** How many ids the answer names, and how many of them its sentence explains. */
const MOST_NAMED = 100;
const MOST_EXPLAINED = 5;

/** Are all stations that should be there connected and accepted? With `?timeout=` it waits for them. */
export function readyRoutes(ports: HttpPorts): readonly Route[] {
  return [{
    method: "GET",
    path: "/ready",
    async handle(c) {
      const waitMs = readTimeout(readQuery(c, ["timeout"]).timeout);
      if (waitMs > 0) await untilReady(ports, waitMs, c.req.raw);
      if (ports.shutdown.aborted) throw new Problem(503, "The emulator is shutting down");
      const missing = ports.readiness.missing();
      if (missing.length > 0) throw notReady(ports, missing);
      return json(200, { status: "ready" });
    },
  }];
}

function readTimeout(text: string | undefined): number {
  if (text === undefined) return 0;
  const ms = readDuration(text);
  if (ms === undefined) {
    throw new Problem(422, `Cannot read timeout "${text}": write it like 500ms, 30s or 5m`);
  }
  if (ms > LONGEST_WAIT_MS) {
    throw new Problem(422, `Cannot wait for "${text}": the longest timeout is 1h`);
  }
  return ms;
}

/** Waits for readiness, the end of the time, shutdown, or the client's leaving, whichever is first. */
async function untilReady(ports: HttpPorts, waitMs: number, request: Request): Promise<void> {
  const { clock, readiness, shutdown } = ports;
  if (shutdown.aborted || readiness.missing().length === 0) return;
  const over = new AbortController();
  const end = () => over.abort();
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    await clock.sleep(GATHER_MS, over.signal);
    looking = false;
    if (readiness.missing().length === 0) end();
  }
  const unsubscribe = readiness.subscribe(look);
  // A signal of our own, so that the long-lived one keeps no trace of this request.
  shutdown.addEventListener("abort", end, { signal: over.signal });
  request.signal.addEventListener("abort", end, { signal: over.signal });
  await clock.sleep(waitMs, over.signal);
  end();
  unsubscribe();
}

function notReady(ports: HttpPorts, missing: readonly string[]): Problem {
  const explained = missing.slice(0, MOST_EXPLAINED).map((id) => explain(ports, id));
  if (missing.length > MOST_EXPLAINED) explained.push(`${missing.length - MOST_EXPLAINED} more`);
  const what = missing.length === 1 ? "1 station is" : `${missing.length} stations are`;
  return new Problem(503, `${what} not ready: ${explained.join(", ")}`, {
    members: { missing: missing.slice(0, MOST_NAMED), missingCount: missing.length },
  });
}

function explain(ports: HttpPorts, id: string): string {
  const connection = ports.connections.statistics(id);
  if (connection === undefined) return `"${id}"`;
  const { state, lastError } = connection;
  if (state === "connected") return `"${id}" (connected, but not accepted yet)`;
  return lastError === null ? `"${id}" (${state})` : `"${id}" (${state}: ${lastError})`;
}
