import type { Clock } from "../../clock/mod.ts";
import type { Log, Topic } from "../../log/mod.ts";
import type { RosterChange, StationChange } from "../station_change.ts";

/** What {@link RosterNews} needs. */
export interface RosterNewsOptions {
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly facts: Topic<StationChange>;
}

/** How many stations a log line names. */
const MOST_NAMED = 20;

/** Tells the log, and whoever looks on, that there are other stations than before. */
export class RosterNews {
  readonly #options: RosterNewsOptions;

  constructor(options: RosterNewsOptions) {
    this.#options = options;
  }

  created(ids: readonly string[]): void {
    const stations = ids.slice(0, MOST_NAMED);
    this.#options.log.info("Made stations over HTTP", { count: ids.length, stations });
    for (const id of ids) this.#publish(id, "created");
  }

  changed(id: string): void {
    this.#options.log.info("Changed a station over HTTP", { station: id });
    this.#publish(id, "changed");
  }

  deleted(id: string): void {
    this.#options.log.info("Deleted a station over HTTP", { station: id });
    this.#publish(id, "deleted");
  }

  #publish(stationId: string, event: RosterChange["event"]): void {
    const { clock, facts } = this.#options;
    if (facts.size > 0) facts.publish({ type: "station", stationId, at: clock.now(), event });
  }
}
