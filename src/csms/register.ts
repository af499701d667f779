import type { Log } from "../log/mod.ts";
import type { CallFrame, OcppVersion, SendFrame } from "../ocpp/mod.ts";
import { type Census, emptyTally } from "./census.ts";
import type { ConnectedStation } from "./connected_station.ts";

/** A station that is connected, as the CSMS sees it. */
export interface SeenStation {
  readonly id: string;
  readonly version: OcppVersion;
  /** BootNotifications and Heartbeats on this connection. */
  readonly boots: number;
  readonly heartbeats: number;
}

/** The code with which the older of two connections of one station is closed. */
export const REPLACED_CODE = 4000;

const REMEMBERED_VIOLATIONS = 20;

/** Who is connected, what was counted, and who waits for it to change. */
export class Register {
  readonly stations = new Map<string, ConnectedStation>();
  readonly tally = emptyTally();
  readonly violations: string[] = [];

  readonly #log: Log;
  readonly #waiters = new Set<() => void>();
  #closed = false;

  constructor(log: Log) {
    this.#log = log;
  }

  census(): Census {
    return { connected: this.stations.size, ...this.tally };
  }

  /** Takes a station in, in the place of an older connection of the same id. */
  enter(station: ConnectedStation): void {
    const { id, version } = station;
    const older = this.stations.get(id);
    this.stations.set(id, station);
    this.#log.debug(`Station "${id}" connected with OCPP ${version.id}`);
    if (older === undefined) return;
    this.tally.duplicates++;
    this.#log.warn(`Station "${id}" came twice: its older connection is closed`);
    older.close(REPLACED_CODE, "Replaced by a newer connection of the same station");
  }

  leave(station: ConnectedStation, code: number): void {
    if (this.stations.get(station.id) === station) this.stations.delete(station.id);
    this.#log.debug(`Station "${station.id}" disconnected with code ${code}`);
  }

  noted(station: ConnectedStation, { action }: CallFrame | SendFrame): void {
    if (action === "BootNotification") {
      station.boots++;
      this.tally.boots++;
    }
    if (action === "Heartbeat") {
      station.heartbeats++;
      this.tally.heartbeats++;
    }
  }

  violated({ id }: ConnectedStation, message: string): void {
    this.tally.violations++;
    this.violations.push(`${id}: ${message}`);
    if (this.violations.length > REMEMBERED_VIOLATIONS) this.violations.shift();
    this.#log.warn(`Station "${id}" broke a rule: ${message}`);
  }

  /** Resolves once `condition` holds; rejects when the register is closed first. */
  until(condition: () => boolean): Promise<void> {
    if (condition()) return Promise.resolve();
    if (this.#closed) return Promise.reject(new Error("The CSMS stopped first"));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const ask = (): void => {
      if (condition()) resolve();
      else if (this.#closed) reject(new Error("The CSMS stopped first"));
      else return;
      this.#waiters.delete(ask);
    };
    this.#waiters.add(ask);
    return promise;
  }

  /** Something changed: those who wait look again. */
  changed(): void {
    for (const ask of this.#waiters) ask();
  }

  /** Nothing more is worth waiting for. */
  close(): void {
    this.#closed = true;
    this.changed();
  }
}
