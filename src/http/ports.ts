import type { Clock } from "../clock/mod.ts";
import type {
  Broadcast,
  ConnectionStateName,
  ConnectionStatistics,
  SendStatus,
  StateChange,
} from "../connection/mod.ts";
import type { Log, Secret, Unsubscribe } from "../log/mod.ts";
import type { Driver, Roster, StationChange, StationSummary, StationView } from "../station/mod.ts";
import type { MessageLog } from "../store/mod.ts";
import type { MetricFamily } from "./prometheus.ts";

/** What the HTTP room asks of the rest of the program. It owns none of it. */
export interface HttpPorts {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly access: AccessOptions;
  readonly connections: ConnectionsPort;
  readonly stations: StationsPort;
  readonly roster: RosterPort;
  readonly readiness: ReadinessPort;
  /** `"none"` while there is no store; `"failed"` makes `/health` answer 503. */
  database(): "none" | "connected" | "failed";
  readonly messages: MessagesPort;
  /** What `/metrics` tells, gathered when it is asked for. */
  metrics(): Iterable<MetricFamily>;
  /** Aborted when the program shuts down: every wait and every stream ends then. */
  readonly shutdown: AbortSignal;
}

/** Who may do what follows from these two. */
export interface AccessOptions {
  /** The address that the server was told to bind, not the one a request came in on. */
  readonly bindHost: string;
  readonly apiToken: Secret | null;
}

/** The connections, as HTTP sees them. Ids are unknown until proven known. */
export interface ConnectionsPort {
  /** Every known station, in the order they were added. */
  ids(): Iterable<string>;
  statistics(id: string): ConnectionStatistics | undefined;
  /** How many are in each state. */
  census(): Readonly<Record<ConnectionStateName, number>>;
  /** `false`: no such station. `"closed"`: it is final and cannot be connected again. `"disabled"`: not now. */
  connect(id: string): boolean | "closed" | "disabled";
  disconnect(id: string): boolean | "closed";
  /** `undefined`: no such station. */
  send(id: string, text: string): SendStatus | undefined;
  broadcast(text: string): Broadcast;
  subscribe(listener: (change: StateChange) => void): Unsubscribe;
}

/** The stations behind the connections, as HTTP sees them. An id that is unknown gives `undefined`. */
export interface StationsPort {
  /** In the order they were added, which pages count on. */
  ids(): Iterable<string>;
  summary(id: string): StationSummary | undefined;
  view(id: string): StationView | undefined;
  driver(id: string): Driver | undefined;
  subscribe(listener: (change: StationChange) => void): Unsubscribe;
}

/** Who is among the stations: how they are made, changed and removed. */
export type RosterPort = Pick<
  Roster,
  "create" | "clone" | "import" | "replace" | "remove" | "start" | "stop" | "definition"
>;

/** The log of every frame. What it throws as a `StoreError` is answered with 503. */
export type MessagesPort = Pick<MessageLog, "query" | "iterate" | "delete" | "subscribe">;

/** What `/ready` waits for: enabled auto-start stations that nobody stopped. */
export interface ReadinessPort {
  /** Ids of stations that are not both connected and accepted. Empty: ready. */
  missing(): readonly string[];
  /** Hears of every change that could make {@link ReadinessPort.missing} answer differently. */
  subscribe(listener: () => void): Unsubscribe;
}
