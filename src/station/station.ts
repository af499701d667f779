import type { Clock } from "../clock/mod.ts";
import type { Connection, Owner } from "../connection/mod.ts";
import type { Log } from "../log/mod.ts";
import {
  type CallFrame,
  type CallOutcome,
  type NewMessageId,
  type OcppVersion,
  versionOfSubprotocol,
  writeError,
} from "../ocpp/mod.ts";
import { DIALECTS, type Identity } from "./dialect.ts";
import { Rpc } from "./rpc.ts";

/** What a station needs. Durations are milliseconds. */
export interface StationOptions {
  readonly id: string;
  readonly identity: Identity;
  readonly strictness: "strict" | "lenient";
  /** The versions it offers, loaded. */
  readonly versions: readonly OcppVersion[];
  /** Between heartbeats, and before a boot that failed is tried again, until the CSMS names one. */
  readonly heartbeatIntervalMs: number;
  readonly callTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewMessageId;
  /** Hears when {@link Station.accepted} changes. */
  readonly onAccepted: (station: Station) => void;
}

/**
 * The state of the registration (1.6 §4.2, 2.x B01 to B03).
 *
 * ```text
 *  unknown ──▶ accepted   everything may go; final until the station reboots
 *     │ ▲
 *     ▼ │ next answer
 *  pending, rejected      wait for the interval, then boot again
 * ```
 */
type Registration = "unknown" | "accepted" | "pending" | "rejected";

/** No CSMS gets a heartbeat more often than this, whatever it asks for. */
const SHORTEST_INTERVAL_MS = 1_000;

/** One charging station: boots once, then beats, over as many connections as it takes. */
export class Station implements Owner {
  readonly id: string;
  readonly #options: StationOptions;
  readonly #rpc: Rpc;
  #connection: Connection | null = null;
  #registration: Registration = "unknown";
  #intervalMs: number;
  /** Lives as long as one connection does. */
  #life: AbortController | null = null;

  constructor(options: StationOptions) {
    this.#options = options;
    this.id = options.id;
    this.#intervalMs = options.heartbeatIntervalMs;
    const { clock, log, newId, callTimeoutMs, strictness } = options;
    this.#rpc = new Rpc({
      clock,
      log,
      newId,
      callTimeoutMs,
      strictness,
      answer: (version, call) => this.#answer(version, call),
    });
  }

  /** Whether the CSMS has accepted this station's boot. */
  get accepted(): boolean {
    return this.#registration === "accepted";
  }

  /** Tells the station by which connection it talks. Comes before everything else. */
  attach(connection: Connection): void {
    this.#connection = connection;
  }

  opened(subprotocol: string): void {
    const id = versionOfSubprotocol(subprotocol);
    const version = this.#options.versions.find((version) => version.id === id);
    if (version === undefined || this.#connection === null) return;
    this.#life = new AbortController();
    this.#rpc.connected(this.#connection, version, this.accepted);
    void this.#live(version, this.#life.signal);
  }

  received(text: string): boolean {
    return this.#rpc.received(text);
  }

  closed(cause: { readonly message: string }): void {
    this.#life?.abort();
    this.#life = null;
    this.#rpc.disconnected(cause.message);
  }

  /** The keepalive where the runtime has no pings: a Heartbeat makes the CSMS answer. */
  probe(): boolean {
    if (!this.accepted) return false;
    void this.#rpc.call("Heartbeat", {});
    return true;
  }

  /** What happens on one connection. */
  async #live(version: OcppVersion, signal: AbortSignal): Promise<void> {
    try {
      if (!this.accepted) await this.#boot(version, signal);
      if (!signal.aborted) await this.#beat(signal);
    } catch (error) {
      this.#options.log.error("The station failed, and waits for its next connection", { error });
    }
  }

  async #boot(version: OcppVersion, signal: AbortSignal): Promise<void> {
    const { clock, log, identity } = this.#options;
    const payload = DIALECTS[version.id].bootNotification(identity);
    while (!signal.aborted) {
      const outcome = await this.#rpc.call("BootNotification", payload, { priority: "first" });
      if (signal.aborted) return;
      this.#takeBoot(outcome);
      if (this.accepted) {
        log.info("Accepted by the CSMS", { heartbeatSeconds: this.#intervalMs / 1000 });
        this.#rpc.release();
        this.#options.onAccepted(this);
        return;
      }
      await clock.sleep(this.#intervalMs, signal);
    }
  }

  #takeBoot(outcome: CallOutcome): void {
    const { log, heartbeatIntervalMs } = this.#options;
    this.#intervalMs = heartbeatIntervalMs;
    if (outcome.kind !== "result") {
      const error = "message" in outcome
        ? outcome.message
        : `${outcome.code} ${outcome.description}`.trim();
      return log.warn("The boot failed, and will be tried again", { error, ...this.#next() });
    }
    const { status, interval } = outcome.payload;
    // 0 leaves the interval to us (1.6 §4.2, B01.FR.06).
    if (typeof interval === "number" && interval > 0) {
      this.#intervalMs = Math.max(SHORTEST_INTERVAL_MS, interval * 1000);
    }
    this.#registration = REGISTRATIONS[String(status)] ?? "pending";
    if (!this.accepted) {
      log.warn(`The CSMS answered the boot with ${status}`, this.#next());
    }
  }

  #next(): { retrySeconds: number } {
    return { retrySeconds: this.#intervalMs / 1000 };
  }

  async #beat(signal: AbortSignal): Promise<void> {
    const { clock, log } = this.#options;
    while (true) {
      await clock.sleep(this.#intervalMs, signal);
      if (signal.aborted) return;
      const outcome = await this.#rpc.call("Heartbeat", {});
      if (outcome.kind === "error") {
        log.warn("The CSMS answered a Heartbeat with an error", { code: outcome.code });
      } else if (outcome.kind === "timeout") {
        log.warn("The CSMS did not answer a Heartbeat in time");
      }
    }
  }

  /** To a CALL whose payload is right. What a station does for its CSMS grows from here. */
  #answer(version: OcppVersion, call: CallFrame): string | null {
    if (this.#registration === "rejected") {
      // 1.6 §4.2: no answer at all; 2.x B03.FR.05: SecurityError.
      if (!DIALECTS[version.id].answersWhileRejected) return null;
      return writeError(version, call.id, "SecurityError", "The station is rejected");
    }
    return writeError(version, call.id, "NotSupported", `${call.action} is not supported`);
  }
}

const REGISTRATIONS: Readonly<Record<string, Registration>> = {
  Accepted: "accepted",
  Pending: "pending",
  Rejected: "rejected",
};
