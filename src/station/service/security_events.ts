import type { Log } from "../../log/mod.ts";
import type { Charger } from "../charger.ts";
import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import { failure } from "../line/said.ts";
import { SECURITY_EVENTS, type SecurityEventType } from "./security_event_types.ts";

/** Something that concerns the security of a station. Plain JSON. */
export interface SecurityEvent {
  /** In the words of 2.x (part 2 appendix 1); a dialect may know another. */
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly info: string | null;
}

/** What {@link SecurityEvents} need of their station. */
export interface SecurityHost {
  readonly log: Log;
  readonly say: Charger["say"];
  /** The station's clock: milliseconds since 1970. */
  now(): number;
}

/** What security events leave behind. Plain JSON. */
export interface SecurityRecord {
  /** The security log, the oldest first. */
  readonly log: readonly SecurityEvent[];
  /** Those that the CSMS has not confirmed, the oldest first. */
  readonly waiting: readonly SecurityEvent[];
}

/** Found anew at every dial: while one waits, the next says nothing new. */
const QUEUED_ONCE: ReadonlySet<string> = new Set([
  "InvalidCsmsCertificate",
  "InvalidTLSCipherSuite",
  "InvalidTLSVersion",
]);

/** What is kept of each, so that a year without a CSMS does not fill the memory. */
const MOST_KEPT = 100;

const EMPTY: SecurityRecord = { log: [], waiting: [] };

/** The security log of a station, and what of it the CSMS is still to be told (A04). */
export class SecurityEvents {
  readonly #host: SecurityHost;
  readonly #kept: Cell<SecurityRecord>;
  #isFlushing = false;

  constructor(host: SecurityHost, memory: Remembering = FORGETFUL) {
    this.#host = host;
    this.#kept = new Cell(memory, "securityEvents", EMPTY);
  }

  get record(): SecurityRecord {
    return this.#kept.value;
  }

  /** Writes an event into the security log, and tells the CSMS of those that it is to know. */
  raise(type: SecurityEventType, info: string | null = null): void {
    const event = { type, at: this.#host.now(), info };
    const { log, waiting } = this.record;
    const isSent = SECURITY_EVENTS[type].isTold &&
      !(QUEUED_ONCE.has(type) && waiting.some((other) => other.type === type));
    if (isSent && waiting.length === MOST_KEPT) {
      this.#host.log.warn("A security event is given up: too many wait for the CSMS", {
        type: waiting[0]?.type,
      });
    }
    this.#kept.value = {
      log: [...log, event].slice(-MOST_KEPT),
      waiting: isSent ? [...waiting, event].slice(-MOST_KEPT) : waiting,
    };
    void this.flush();
  }

  /** The CSMS can be reached again, or may be: says what waits, in order, one at a time. */
  async flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    try {
      for (;;) {
        const [event] = this.record.waiting;
        if (event === undefined) return;
        const said = await this.#host.say("securityEvent", event);
        // It stays in line, and whoever makes the next connection calls again (A04.FR.02).
        if (said.kind === "offline" || said.kind === "timeout") return;
        if (said.kind !== "answered" && said.kind !== "unsaid") {
          const error = failure(said);
          this.#host.log.warn("The CSMS does not take a security event", { ...event, error });
        }
        const { log, waiting } = this.record;
        this.#kept.value = { log, waiting: waiting.filter((other) => other !== event) };
      }
    } finally {
      this.#isFlushing = false;
    }
  }

  /** The security log between two times (milliseconds since 1970, both included), one event a line. */
  lines(from: number | null, to: number | null): string {
    return this.record.log
      .filter(({ at }) => (from === null || at >= from) && (to === null || at <= to))
      .map(({ at, type, info }) =>
        `${new Date(at).toISOString()} ${type}${info === null ? "" : ` ${JSON.stringify(info)}`}\n`
      ).join("");
  }
}
