import type { Cancel, Clock } from "../../clock/mod.ts";
import type { StreamRate, Streams } from "../streams/streams.ts";
import { isPeriodic, type Monitor } from "./monitor.ts";
import { untilMark } from "./until_mark.ts";

/** What {@link PeriodicTimers} need. */
export interface PeriodicHost {
  readonly clock: Clock;
  readonly services: {
    readonly facilities: { readonly streams: Pick<Streams, "closeOf" | "open"> };
  };
  /** Milliseconds since 1970. */
  now(): number;
}

/** One timer for each periodic monitor of a station (N08), or one stream (2.1 N11). */
export class PeriodicTimers {
  readonly #host: PeriodicHost;
  readonly #ring: (monitor: Monitor) => void;
  readonly #read: (monitor: Monitor) => string | null;
  readonly #timers = new Map<Monitor, Cancel>();

  /** @param read what a monitor sees now; `null`: nothing */
  constructor(
    host: PeriodicHost,
    ring: (monitor: Monitor) => void,
    read: (monitor: Monitor) => string | null,
  ) {
    this.#host = host;
    this.#ring = ring;
    this.#read = read;
  }

  /** These are all monitors now: the intervals of those that were there before go on. */
  sync(monitors: readonly Monitor[]): void {
    for (const [monitor, cancel] of this.#timers) {
      if (monitors.includes(monitor)) continue;
      cancel();
      this.#timers.delete(monitor);
    }
    for (const monitor of monitors) {
      if (!isPeriodic(monitor) || this.#timers.has(monitor)) continue;
      if (monitor.stream === null) this.#wait(monitor);
      else this.#stream(monitor, monitor.stream);
    }
  }

  stop(): void {
    this.sync([]);
  }

  /** A CSMS that does not want the stream hears nothing of the monitor. */
  #stream(monitor: Monitor, rate: StreamRate): void {
    const { id, value } = monitor;
    const { streams } = this.#host.services.facilities;
    this.#timers.set(monitor, () => streams.closeOf(id));
    void streams.open({ monitorId: id, rate, periodS: value, read: () => this.#read(monitor) });
  }

  #wait(monitor: Monitor): void {
    const { clock } = this.#host;
    const ms = monitor.value * 1000;
    const waitMs = monitor.type === "Periodic" ? ms : untilMark(this.#host.now(), ms);
    const cancel = clock.after(waitMs, () => {
      this.#wait(monitor);
      this.#ring(monitor);
    });
    this.#timers.set(monitor, cancel);
  }
}
