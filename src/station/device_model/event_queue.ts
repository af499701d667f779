import type { Log } from "../../log/mod.ts";
import { Cell, type Remembering } from "../memory/cell.ts";
import { failure } from "../line/said.ts";
import type { Said, Spoken } from "../spoken.ts";
import type { DeviceEvent } from "./monitor.ts";
import { type Part, partsOf } from "./parts.ts";

/** What an {@link EventQueue} needs of its station. */
export interface EventQueueHost {
  readonly log: Log;
  readonly settings: { get(name: "offlineQueuingSeverity"): number };
  readonly line: { readonly online: boolean; afterwards(run: () => void): void };
  /** Milliseconds since 1970. */
  now(): number;
  say(kind: "deviceEvents", event: Spoken["deviceEvents"]["event"]): Promise<Said<void>>;
}

/** So many wait, so that a year without a CSMS does not fill the memory. */
const MOST_WAITING = 100;

const NONE: readonly DeviceEvent[] = [];

/** Tells the CSMS what monitors found, in order; without a connection only what is severe enough waits (N07). */
export class EventQueue {
  readonly #host: EventQueueHost;
  readonly #kept: Cell<readonly DeviceEvent[]>;
  #isFlushing = false;
  #isGivingUp = false;

  constructor(host: EventQueueHost, memory: Remembering) {
    this.#host = host;
    this.#kept = new Cell(memory, "events", NONE);
  }

  /** Not told yet, the oldest first. */
  get waiting(): readonly DeviceEvent[] {
    return this.#kept.value;
  }

  add(events: readonly DeviceEvent[]): void {
    this.#keep([...this.waiting, ...events]);
    if (!this.#host.line.online) return this.#thin();
    // What a CALL of the CSMS leads to follows its answer.
    this.#host.line.afterwards(() => void this.flush());
  }

  /** The CSMS can be reached: it hears what waits, all of one moment together. */
  async flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    try {
      // Whatever else happens at this moment belongs to the same message.
      await Promise.resolve();
      while (this.waiting.length > 0) {
        for (const part of partsOf(this.#host.now(), this.waiting)) {
          if (!await this.#tell(part)) return this.#thin();
        }
      }
    } finally {
      this.#isFlushing = false;
    }
  }

  /** `false`: there is no connection, or nobody answers. */
  async #tell(part: Part<DeviceEvent>): Promise<boolean> {
    const said = await this.#host.say("deviceEvents", part);
    if (said.kind === "offline" || said.kind === "timeout") return false;
    if (said.kind !== "answered" && said.kind !== "unsaid") {
      const error = failure(said);
      this.#host.log.warn("The CSMS does not take the events of monitors", { error });
    }
    const told = new Set(part.items);
    this.#keep(this.waiting.filter((event) => !told.has(event)));
    return true;
  }

  /** N07.FR.02 and after: what is not severe enough does not wait for a connection. */
  #thin(): void {
    const most = this.#host.settings.get("offlineQueuingSeverity");
    const severe = this.waiting.filter(({ severity }) => severity <= most);
    if (severe.length < this.waiting.length || severe.length > MOST_WAITING) {
      this.#keep(severe.slice(-MOST_WAITING));
    }
    const isGivingUp = severe.length > MOST_WAITING;
    if (isGivingUp && !this.#isGivingUp) {
      this.#host.log.warn("The oldest events of monitors are given up: too many wait for the CSMS");
    }
    this.#isGivingUp = isGivingUp;
  }

  #keep(waiting: readonly DeviceEvent[]): void {
    this.#kept.value = waiting.length === 0 ? NONE : waiting;
  }
}
