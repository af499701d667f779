import type { Clock } from "../clock/mod.ts";
import type { Log } from "../log/mod.ts";
import { failure } from "./said.ts";
import type { BootAnswer, BootReason, Said } from "./spoken.ts";

/**
 * The state of the registration (1.6 §4.2, 2.x B01 to B03).
 *
 * ```text
 *  unknown ──▶ accepted            everything may go, until the station reboots
 *     │          ▲ │
 *     │   answer │ │ answer to a boot that the CSMS triggered
 *     ▼          │ ▼
 *  pending, rejected               wait for the interval, then boot again
 * ```
 */
export type RegistrationState = "unknown" | "accepted" | "pending" | "rejected";

/** What a {@link Registration} needs of its station. */
export interface RegistrationPorts {
  readonly clock: Clock;
  readonly log: Log;
  /** Between boots that fail without naming an interval, in milliseconds. */
  readonly retryMs: number;
  boot(reason: BootReason): Promise<Said<BootAnswer>>;
  heartbeat(): Promise<Said<number | null>>;
  /** Between heartbeats, in milliseconds: asked before each. */
  heartbeatMs(): number;
  /** The CSMS answered a boot or a heartbeat, and this is its time. */
  heardTime(currentTime: number): void;
  /** The state changed; it boots again at `retryAt` (milliseconds since 1970, `null`: it need not). */
  changed(from: RegistrationState, retryAt: number | null): void;
  /** A boot is over, however it ended. */
  settled(): void;
  /** It was accepted, and names its interval (0: it leaves it to us). */
  accepted(intervalSeconds: number): void;
}

/** No CSMS gets boots or heartbeats more often than this, whatever it asks for. */
const SHORTEST_MS = 1_000;

/** Boots until the CSMS accepts, then beats: one loop for each connection. */
export class Registration {
  #state: RegistrationState = "unknown";
  reason: BootReason = "PowerUp";
  readonly #ports: RegistrationPorts;
  /** Of the connection's loop, and of the wait within it. */
  #life: AbortController | null = null;
  #wait: AbortController | null = null;
  /** The next boot comes no earlier, whatever becomes of the connection. On the monotonic clock. */
  #bootAt = 0;

  constructor(ports: RegistrationPorts) {
    this.#ports = ports;
  }

  get state(): RegistrationState {
    return this.#state;
  }

  get isAccepted(): boolean {
    return this.#state === "accepted";
  }

  /** There is a connection. */
  start(): void {
    this.stop();
    // Only an answer of the CSMS can make it wait on a new connection (1.6 §4.2, B03.FR.02).
    if (this.#state === "unknown") this.#bootAt = 0;
    this.#life = new AbortController();
    void this.#live(this.#life.signal);
  }

  /** There is none any longer. */
  stop(): void {
    this.#life?.abort();
    this.#wait?.abort();
    this.#life = this.#wait = null;
  }

  /** The station goes down: what the CSMS accepted is no more. */
  forget(reason: BootReason): void {
    this.stop();
    this.reason = reason;
    this.#become("unknown", null);
  }

  /** What it waits for is due at another time: the wait begins anew. */
  wake(): void {
    this.#wait?.abort();
  }

  /** Boots now and takes the answer, whatever it waits for. */
  async boot(reason: BootReason): Promise<void> {
    const life = this.#life;
    const said = await this.#ports.boot(reason);
    // The station went down, or its connection did: the answer means nothing any more.
    if (this.#life !== life) return;
    this.#take(said);
    this.#ports.settled();
    this.wake();
  }

  async #live(signal: AbortSignal): Promise<void> {
    const { clock, log, heartbeatMs } = this.#ports;
    try {
      if (!this.isAccepted && this.#bootAt <= clock.monotonic()) await this.boot(this.reason);
      while (!signal.aborted) {
        const waitMs = this.isAccepted ? heartbeatMs() : this.#bootAt - clock.monotonic();
        const due = await this.#sleep(waitMs);
        if (!due || signal.aborted) continue;
        await (this.isAccepted ? this.#beat() : this.boot(this.reason));
      }
    } catch (error) {
      log.error("The station failed, and waits for its next connection", { error });
    }
  }

  #take(said: Said<BootAnswer>): void {
    const { clock, log, retryMs } = this.#ports;
    if (said.kind === "offline") return;
    if (said.kind !== "answered") {
      this.#bootAt = clock.monotonic() + retryMs;
      const error = failure(said);
      log.warn("The boot failed, and will be tried again", { error, retrySeconds: retryMs / 1000 });
      return;
    }
    const { status, intervalSeconds, currentTime } = said.answer;
    if (currentTime !== null) this.#ports.heardTime(currentTime);
    const waitMs = intervalSeconds > 0 ? Math.max(SHORTEST_MS, intervalSeconds * 1000) : retryMs;
    this.#bootAt = clock.monotonic() + waitMs;
    const isAccepted = status === "Accepted";
    this.#become(STATES[status], isAccepted ? null : clock.now() + waitMs);
    if (isAccepted) {
      this.#ports.accepted(intervalSeconds);
      log.info("Accepted by the CSMS", { heartbeatSeconds: this.#ports.heartbeatMs() / 1000 });
    } else log.warn(`The CSMS answered the boot with ${status}`, { retrySeconds: waitMs / 1000 });
  }

  #become(state: RegistrationState, retryAt: number | null): void {
    const before = this.#state;
    this.#state = state;
    if (state !== before) this.#ports.changed(before, retryAt);
  }

  async #beat(): Promise<void> {
    const said = await this.#ports.heartbeat();
    if (said.kind === "answered" && said.answer !== null) this.#ports.heardTime(said.answer);
    if (said.kind === "error") {
      this.#ports.log.warn("The CSMS answered a Heartbeat with an error", { code: said.code });
    } else if (said.kind === "timeout") {
      this.#ports.log.warn("The CSMS did not answer a Heartbeat in time");
    }
  }

  /** `false`: it was woken early. */
  async #sleep(ms: number): Promise<boolean> {
    const wait = this.#wait = new AbortController();
    await this.#ports.clock.sleep(Math.max(SHORTEST_MS, ms), wait.signal);
    if (this.#wait === wait) this.#wait = null;
    return !wait.signal.aborted;
  }
}

const STATES = {
  Accepted: "accepted",
  Pending: "pending",
  Rejected: "rejected",
} as const satisfies Record<BootAnswer["status"], RegistrationState>;
