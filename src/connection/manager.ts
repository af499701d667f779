import type { Clock } from "../clock/mod.ts";
import { describeError, type Log, Topic } from "../log/mod.ts";
import type { Credentials } from "./authorization.ts";
import type { Cause } from "./cause.ts";
import { Client } from "./client.ts";
import type { ClientParts, ClientWorld } from "./client_world.ts";
import type { Connection } from "./connection.ts";
import { Gate } from "./gate.ts";
import { logChange } from "./log_change.ts";
import { logRetarget } from "./log_retarget.ts";
import type { Broadcast, SendStatus, StateChange } from "./outcome.ts";
import { type Census, Pool } from "./pool.ts";
import type { RetryPolicy } from "./retry.ts";
import type { ConnectionState } from "./state.ts";
import type { ConnectionStatistics } from "./statistics.ts";
import { changedTarget, NOWHERE } from "./target.ts";
import type { Dial, TlsOptions } from "./transport.ts";

/** What all connections of a manager share. Durations are milliseconds. */
export interface ManagerOptions {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly log: Log;
  readonly connectionTimeoutMs: number;
  readonly closeTimeoutMs: number;
  /** 0 = no pings. */
  readonly pingIntervalMs: number;
  /** Messages that may wait behind a slow socket, per connection. */
  readonly sendQueue: number;
  readonly maxConcurrentDials: number;
  readonly retry: RetryPolicy;
  /** A connection that lasts this long is a good one: the base wait of the policy. */
  readonly goodAfterMs: number;
}

/** One connection as its owner asks for it. */
export interface ConnectOptions extends ClientParts {
  readonly stationId: string;
  /** Of the CSMS; the station id is put into it. */
  readonly url: string;
  /** In order of preference, at least one. */
  readonly subprotocols: readonly string[];
  readonly credentials?: Credentials;
  readonly tls?: TlsOptions | null;
}

/**
 * What happens to connections, for whoever wants to look on, in the order in which it happened: a text
 * that came in comes before its answer. Times are milliseconds since 1970, bytes those of UTF-8.
 */
export type ConnectionFact =
  | { type: "connected"; stationId: string; at: number; subprotocol: string }
  | { type: "disconnected"; stationId: string; at: number; cause: Cause }
  | { type: "message"; stationId: string; at: number; text: string; bytes: number }
  | { type: "sent"; stationId: string; at: number; text: string; bytes: number }
  | { type: "error"; stationId: string; at: number; cause: Cause };

/** All connections of the program: what the other rooms may call. */
export class ConnectionManager {
  /** Every change of a state, at the moment that it changes. */
  readonly changes: Topic<StateChange>;
  /** The events: connected, disconnected with its cause, message received, text sent, error. */
  readonly facts: Topic<ConnectionFact>;
  readonly #log: Log;
  readonly #world: ClientWorld;
  readonly #pool = new Pool();
  #down = false;

  constructor(options: ManagerOptions) {
    this.#log = options.log;
    this.changes = new Topic((thrown) => this.#threw("a listener for state changes", thrown));
    this.facts = new Topic((thrown) => this.#threw("a listener for connection events", thrown));
    this.#world = {
      ...options,
      gate: new Gate(options.maxConcurrentDials),
      onChange: (client, change) => this.#changed(client, change),
      onText: ({ stationId }, text, bytes, at) => {
        if (this.facts.size === 0) return;
        this.facts.publish({ type: "message", stationId, at, text, bytes });
      },
      onSent: ({ stationId }, text, bytes, at) => {
        if (this.facts.size === 0) return;
        this.facts.publish({ type: "sent", stationId, at, text, bytes });
      },
      onRetarget: (client, change, outcome) => logRetarget(this.#log, client, change, outcome),
      onThrow: ({ stationId }, thrown) =>
        this.#threw(`the owner of connection "${stationId}"`, thrown),
    };
  }

  /**
   * Adds a connection, which waits in `disconnected` for its {@link ConnectionManager.connect}.
   *
   * @throws TypeError when the id is taken, the URL, the credentials or the subprotocols cannot be
   * used, or the manager has been shut down
   */
  add(options: ConnectOptions): Connection {
    const { stationId } = options;
    if (this.#down) throw new TypeError(`Cannot add connection "${stationId}": shut down`);
    const target = changedTarget(NOWHERE, options, stationId);
    const client = new Client(stationId, target, options, this.#world);
    this.#pool.add(client);
    return client;
  }

  /** Closes a connection for good and forgets it. `false`: there is none. */
  remove(stationId: string): Promise<boolean> {
    return this.#pool.remove(stationId);
  }

  /** Dials; redials at once when it was waiting to. `false`: no such connection, or it is closed. */
  connect(stationId: string): boolean {
    return this.#pool.get(stationId)?.connect() ?? false;
  }

  /** Closes and stays away until the next connect. Resolves when the socket is gone. */
  async disconnect(stationId: string): Promise<boolean> {
    const client = this.#pool.get(stationId);
    await client?.disconnect();
    return client !== undefined;
  }

  /** As {@link Connection.reconnect}. `false`: no such connection, or nothing will be dialled. */
  reconnect(stationId: string, awayMs?: number): boolean {
    return this.#pool.get(stationId)?.reconnect(awayMs) ?? false;
  }

  /** Sends to one. `undefined`: there is no such connection. */
  send(stationId: string, text: string): SendStatus | undefined {
    return this.#pool.send(stationId, text);
  }

  broadcast(text: string): Broadcast {
    return this.#pool.broadcast(text);
  }

  statistics(stationId: string): ConnectionStatistics | undefined {
    return this.#pool.statistics(stationId);
  }

  /** `undefined`: there is no such connection. */
  state(stationId: string): ConnectionState | undefined {
    return this.#pool.get(stationId)?.state;
  }

  /** Every known connection, in the order they were added. */
  ids(): Iterable<string> {
    return this.#pool.ids();
  }

  /** How many are in each state, always up to date. */
  census(): Readonly<Census> {
    return this.#pool.census;
  }

  get size(): number {
    return this.#pool.size;
  }

  /** Messages that wait behind slow sockets, of all connections. */
  get queued(): number {
    let queued = 0;
    for (const id of this.#pool.ids()) queued += this.#pool.get(id)?.queued ?? 0;
    return queued;
  }

  disconnectAll(): Promise<void> {
    return this.#pool.disconnectAll();
  }

  /** Closes every connection for good, politely. Takes at most the close timeout. */
  async shutdown(): Promise<void> {
    this.#down = true;
    await this.#pool.closeAll();
  }

  #changed(client: Client, change: StateChange): void {
    const { stationId, at, from, to, ended } = change;
    if (this.#pool.get(stationId) === client) this.#pool.moved(from.name, to.name);
    logChange(this.#log, change, client.failures);
    this.changes.publish(change);
    if (ended !== null) this.facts.publish({ type: "disconnected", stationId, at, cause: ended });
    const failed = "cause" in to && to.cause.kind !== "asked";
    if (failed && (ended === null || to.name === "error")) {
      this.facts.publish({ type: "error", stationId, at, cause: to.cause });
    }
    if (to.name === "connected") {
      this.facts.publish({ type: "connected", stationId, at, subprotocol: to.subprotocol });
    }
  }

  #threw(who: string, thrown: unknown): void {
    this.#log.error(`An error was thrown by ${who}: ${describeError(thrown)}`, {
      stack: thrown instanceof Error ? thrown.stack : undefined,
    });
  }
}
