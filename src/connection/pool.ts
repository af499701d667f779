import type { Client } from "./client.ts";
import type { Broadcast, SendStatus } from "./outcome.ts";
import type { ConnectionStateName } from "./state.ts";
import { type ConnectionStatistics, statisticsOf } from "./statistics.ts";

/** How many connections are in each state. */
export type Census = Record<ConnectionStateName, number>;

/** A map of clients by station id, in the order they were added, and a census that is always right. */
export class Pool {
  readonly #clients = new Map<string, Client>();
  readonly #census: Census = {
    disconnected: 0,
    connecting: 0,
    connected: 0,
    reconnecting: 0,
    error: 0,
    closed: 0,
  };

  get size(): number {
    return this.#clients.size;
  }

  get census(): Readonly<Census> {
    return this.#census;
  }

  /** @throws TypeError when the id is taken */
  add(client: Client): void {
    if (this.#clients.has(client.stationId)) {
      throw new TypeError(`Cannot add connection "${client.stationId}": it already exists`);
    }
    this.#clients.set(client.stationId, client);
    this.#census[client.state.name]++;
  }

  /** Closes a client for good and forgets it. Resolves when its socket is gone. */
  async remove(id: string): Promise<boolean> {
    const client = this.#clients.get(id);
    if (client === undefined) return false;
    const gone = client.close();
    this.#clients.delete(id);
    this.#census[client.state.name]--;
    await gone;
    return true;
  }

  get(id: string): Client | undefined {
    return this.#clients.get(id);
  }

  ids(): Iterable<string> {
    return this.#clients.keys();
  }

  /** The clients of the pool tell it of every change, through whoever made them. */
  moved(from: ConnectionStateName, to: ConnectionStateName): void {
    this.#census[from]--;
    this.#census[to]++;
  }

  /** `undefined`: there is no such connection. */
  send(id: string, text: string): SendStatus | undefined {
    return this.#clients.get(id)?.send(text);
  }

  broadcast(text: string): Broadcast {
    let sent = 0;
    let queued = 0;
    const failed: { stationId: string; reason: "full" | "offline" }[] = [];
    for (const client of this.#clients.values()) {
      const status = client.send(text);
      if (status === "sent") sent++;
      else if (status === "queued") queued++;
      else failed.push({ stationId: client.stationId, reason: status });
    }
    return { sent, queued, failed };
  }

  statistics(id: string): ConnectionStatistics | undefined {
    const client = this.#clients.get(id);
    return client && statisticsOf(client);
  }

  /** Disconnects all; each can be connected again. Resolves when the last socket is gone. */
  async disconnectAll(): Promise<void> {
    await Promise.all(Array.from(this.#clients.values(), (client) => client.disconnect()));
  }

  /** Closes all for good; they stay in the pool to be looked at. */
  async closeAll(): Promise<void> {
    await Promise.all(Array.from(this.#clients.values(), (client) => client.close()));
  }
}
