import { Life } from "../life/life.ts";
import { live } from "./living.ts";
import type { Station } from "../station.ts";

/** The stations that live on their own. One that does not costs nothing here. */
export class Lives {
  readonly #running = new Map<string, AbortController>();

  /** Lets a station live as its config wants it from now on, or not at all. */
  begin(station: Station): void {
    this.end(station.id);
    if (!Life.isOn(station.config.simulation)) return;
    const life = new AbortController();
    this.#running.set(station.id, life);
    void live(station, life.signal);
  }

  end(stationId: string): void {
    this.#running.get(stationId)?.abort();
    this.#running.delete(stationId);
  }

  endAll(): void {
    for (const life of this.#running.values()) life.abort();
    this.#running.clear();
  }
}
