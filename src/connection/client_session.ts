import type { Clock } from "../clock/mod.ts";
import type { ClientWorld } from "./client_world.ts";
import type { SessionOptions } from "./session.ts";

/** The client that sessions are of. */
export interface SessionClient {
  /** Makes the peer answer something. `false`: not possible now. */
  probe(): boolean;
  /** The socket took a text. */
  sent(text: string): void;
}

/** What a client is to its sessions, one after the other. */
export class ClientSession implements SessionOptions {
  pingIntervalMs: number;
  readonly #client: SessionClient;
  readonly #world: ClientWorld;

  constructor(client: SessionClient, world: ClientWorld) {
    this.#client = client;
    this.#world = world;
    this.pingIntervalMs = world.pingIntervalMs;
  }

  get clock(): Clock {
    return this.#world.clock;
  }

  get sendQueue(): number {
    return this.#world.sendQueue;
  }

  get closeTimeoutMs(): number {
    return this.#world.closeTimeoutMs;
  }

  get goodAfterMs(): number {
    return this.#world.goodAfterMs;
  }

  probe(): boolean {
    return this.#client.probe();
  }

  onSent(text: string): void {
    this.#client.sent(text);
  }
}
