import { VirtualClock } from "../../src/clock/mod.ts";
import type {
  ConnectionState,
  ConnectionStatistics,
  SendStatus,
  StateChange,
} from "../../src/connection/mod.ts";
import {
  type AccessOptions,
  createHttp,
  type HttpPorts,
  type MetricFamily,
} from "../../src/http/mod.ts";
import { createLog, memorySink, Topic } from "../../src/log/mod.ts";
import { FakeMessages } from "./fake_messages.ts";
import { FakeRoster } from "./fake_roster.ts";
import { FakeStations } from "./fake_stations.ts";

/** The HTTP room over fakes: a fleet is a map, time stands still, the log is an array. */
export function fakeWorld(access: Partial<AccessOptions> = {}) {
  const clock = new VirtualClock();
  const sink = memorySink();
  const shutdown = new AbortController();
  const fleet = new FakeFleet();
  const stations = new FakeStations();
  const roster = new FakeRoster();
  const messages = new FakeMessages();
  const missing = new Set<string>();
  const readiness = new Topic<void>(rethrow);
  const world = {
    clock,
    shutdown,
    fleet,
    stations,
    roster,
    messages,
    metrics: [] as MetricFamily[],
    missing,
    readiness,
    logged: sink.lines,
    database: "none" as ReturnType<HttpPorts["database"]>,
  };
  const ports: HttpPorts = {
    version: "0.0.0-test",
    clock,
    log: createLog({ level: "debug", format: "json", sink, clock }),
    access: { bindHost: "127.0.0.1", apiToken: null, ...access },
    connections: fleet,
    stations,
    roster,
    readiness: {
      missing: () => [...missing],
      subscribe: (listener) => readiness.subscribe(listener),
    },
    database: () => world.database,
    messages,
    metrics: () => world.metrics,
    shutdown: shutdown.signal,
  };
  return Object.assign(world, { app: createHttp(ports), ports });
}

/** Connections without sockets. */
export class FakeFleet {
  readonly changes = new Topic<StateChange>(rethrow);
  /** What was asked, as `connect CP1` or `send CP1 text`. */
  readonly asked: string[] = [];
  /** What `send` answers for a station; `sent` when nothing is said. */
  readonly outcomes = new Map<string, SendStatus>();
  readonly #stations = new Map<string, ConnectionStatistics>();

  add(stationId: string, facts: Partial<ConnectionStatistics> = {}): void {
    this.#stations.set(stationId, { ...FRESH, stationId, ...facts });
  }

  publish(stationId: string, from: ConnectionState, to: ConnectionState): void {
    this.changes.publish({ stationId, at: 0, from, to, ended: null });
  }

  ids(): Iterable<string> {
    return this.#stations.keys();
  }

  statistics(id: string): ConnectionStatistics | undefined {
    return this.#stations.get(id);
  }

  census() {
    const census = {
      disconnected: 0,
      connecting: 0,
      connected: 0,
      reconnecting: 0,
      error: 0,
      closed: 0,
    };
    for (const { state } of this.#stations.values()) census[state]++;
    return census;
  }

  connect(id: string): boolean | "closed" | "disabled" {
    return this.#command("connect", id);
  }

  disconnect(id: string): boolean | "closed" {
    return this.#command("disconnect", id);
  }

  send(id: string, text: string): SendStatus | undefined {
    if (!this.#stations.has(id)) return undefined;
    this.asked.push(`send ${id} ${text}`);
    return this.outcomes.get(id) ?? "sent";
  }

  broadcast(text: string) {
    this.asked.push(`broadcast ${text}`);
    return { sent: 1, queued: 2, failed: [{ stationId: "CP9", reason: "offline" as const }] };
  }

  subscribe(listener: (change: StateChange) => void) {
    return this.changes.subscribe(listener);
  }

  #command(what: string, id: string): boolean | "closed" {
    const station = this.#stations.get(id);
    if (station === undefined) return false;
    if (station.state === "closed") return "closed";
    this.asked.push(`${what} ${id}`);
    return true;
  }
}

const FRESH: ConnectionStatistics = {
  stationId: "",
  state: "disconnected",
  url: "ws://localhost:9000/CP",
  subprotocol: null,
  connectedAt: null,
  disconnectedAt: null,
  lastMessageAt: null,
  reconnectAttempts: 0,
  messagesSent: 0,
  messagesReceived: 0,
  bytesSent: 0,
  bytesReceived: 0,
  lastError: null,
  latencyMs: null,
  queued: 0,
};

function rethrow(thrown: unknown): never {
  throw thrown;
}

/** Checks that an answer is a problem as RFC 9457 wants it, and gives its members. */
export async function readProblem(
  answer: Response | Promise<Response>,
  status: number,
  // deno-lint-ignore no-explicit-any -- whatever JSON holds
): Promise<any> {
  const response = await answer;
  const body = await response.json();
  if (
    response.status !== status || body.status !== status || body.type !== "about:blank" ||
    response.headers.get("content-type") !== "application/problem+json; charset=utf-8" ||
    !body.instance?.startsWith("/") || !body.title || !body.detail
  ) {
    throw new Error(
      `Not a problem of status ${status}: ${response.status} ${JSON.stringify(body)}`,
    );
  }
  return body;
}
