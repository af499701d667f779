import type { Clock, Random } from "../../clock/mod.ts";
import { Gate } from "../../connection/mod.ts";
import type { Log, Topic } from "../../log/mod.ts";
import { messageIds } from "../../ocpp/mod.ts";
import { Logbook } from "../traffic/logbook.ts";
import { Memories, type MemoryStore } from "../memory/memories.ts";
import { Pace } from "../outbox/pace.ts";
import { Transfers } from "../service/transfers.ts";
import type { StationChange } from "../station_change.ts";
import type { StationWorld } from "../station_options.ts";

/** What {@link openWorld} needs. Durations are milliseconds. */
export interface WorldOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Where stations keep what they remember over a restart. */
  readonly store: MemoryStore;
  readonly heartbeatIntervalMs: number;
  readonly callTimeoutMs: number;
}

/** So many files are fetched or uploaded at once, by all stations together. */
const MOST_TRANSFERS = 20;

/**
 * Of what waited for a connection, so many messages go out in a second: a fleet that comes back must not
 * drown its CSMS.
 */
const MOST_BACKLOG_PER_SECOND = 500;

/** What all stations of a fleet share. */
export function openWorld(options: WorldOptions, facts: Topic<StationChange>): StationWorld {
  const { clock, random, log, callTimeoutMs, heartbeatIntervalMs } = options;
  return {
    clock,
    random,
    newId: messageIds(clock, random),
    transfers: new Transfers(clock, new Gate(MOST_TRANSFERS)),
    logbook: new Logbook(log, clock),
    memories: new Memories(options.store, clock),
    facts,
    pace: new Pace(clock, MOST_BACKLOG_PER_SECOND),
    bootRetryMs: heartbeatIntervalMs,
    callTimeoutMs,
  };
}
