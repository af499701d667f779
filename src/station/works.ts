import type { Clock, Random } from "../clock/mod.ts";
import type { Charger } from "./charger.ts";
import type { Charging } from "./transactions/charging.ts";
import type { Connector } from "./connector.ts";
import type { Meter } from "./energy/meter.ts";
import type { Flow } from "./transactions/flow.ts";
import type { Line } from "./line/line.ts";
import type { Memory } from "./memory/memory.ts";
import type { Reactions } from "./reactions.ts";
import type { Reserving } from "./reserving.ts";

/** The inside of a station, as its own parts see it. */
export interface Works extends Charger {
  readonly clock: Clock;
  /** Runs as fast as `simulation.speed` says: for cars and meters only. */
  readonly simulated: Clock;
  readonly random: Random;
  readonly line: Line;
  /** What survives a restart. */
  readonly memory: Memory;
  readonly charging: Charging;
  readonly flow: Flow;
  readonly reserving: Reserving;
  readonly reactions: Reactions;
  /** By id, in their order. */
  readonly all: ReadonlyMap<number, Connector>;
  /** Takes connectors out of service for a while, and back those that it took out. */
  closeConnectors(closed: boolean, connectors: readonly Connector[]): void;
  /** The meter of a connector, made when it is needed. */
  meterOf(connector: Connector): Meter;
}
