import { Topic } from "../../src/log/mod.ts";
import type { StationsPort } from "../../src/http/mod.ts";
import type {
  Deed,
  Driver,
  StationChange,
  StationSummary,
  StationView,
} from "../../src/station/mod.ts";

/** Stations that do nothing but remember what was asked of them. */
export class FakeStations implements StationsPort {
  readonly changes = new Topic<StationChange>((thrown) => {
    throw thrown;
  });
  /** What was done, as the name of the method and its arguments. */
  readonly asked: unknown[][] = [];
  /** What becomes of every deed. */
  outcome: Deed = { kind: "done" };
  readonly #stations = new Map<string, StationSummary>();

  /** A station with connectors of these ids, all `Available`. */
  add(id: string, connectors: readonly number[] = [1], facts: Partial<StationSummary> = {}): void {
    this.#stations.set(id, {
      id,
      name: id,
      enabled: true,
      autoStart: true,
      protocolVersions: ["1.6"],
      source: "config",
      state: "connected",
      registration: "accepted",
      connectors: connectors.map((id) => ({ id, status: "Available" })),
      tags: [],
      ...facts,
    });
  }

  remove(id: string): void {
    this.#stations.delete(id);
  }

  ids(): Iterable<string> {
    return this.#stations.keys();
  }

  summary(id: string): StationSummary | undefined {
    return this.#stations.get(id);
  }

  view(id: string): StationView | undefined {
    const summary = this.#stations.get(id);
    return summary && { ...summary, ...VIEW, connectors: [] };
  }

  driver(id: string): Driver | undefined {
    if (!this.#stations.has(id)) return undefined;
    const does = (what: string) => (...how: unknown[]) => {
      // Absent and undefined mean the same to a driver.
      const given = how.filter((one) => one !== undefined);
      this.asked.push(JSON.parse(JSON.stringify([what, ...given])));
      return Promise.resolve(this.outcome);
    };
    return {
      plug: does("plug"),
      unplug: does("unplug"),
      authorize: does("authorize"),
      startTransaction: does("startTransaction"),
      stopTransaction: does("stopTransaction"),
      status: does("status"),
      call: does("call"),
    };
  }

  subscribe(listener: (change: StationChange) => void) {
    return this.changes.subscribe(listener);
  }
}

const VIEW: Omit<StationView, keyof StationSummary> = {
  vendor: "ocpp-emu",
  model: "Emulator",
  serialNumber: null,
  firmwareVersion: null,
  securityProfile: 0,
  transactions: [],
  queuedMessages: 0,
  configuration: [{ key: "HeartbeatInterval", value: "60", readonly: false }],
  localList: { version: 0, entries: 0 },
  reservations: [],
  profiles: [],
  firmware: { status: "Idle" },
  logs: { status: "Idle" },
};
