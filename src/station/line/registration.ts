import type { Clock, Timer } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import { failure } from "./said.ts";
import type { BootAnswer, BootReason, Said } from "../spoken.ts";

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
  /** The CSMS answered a boot or a heartbeat, and this is its time. @param latenessMs since it was asked */
  heardTime(currentTime: number, latenessMs: number): void;
  /** The state changed; it boots again at `retryAt` (milliseconds since 1970, `null`: it need not). */
  changed(from: RegistrationState, retryAt: number | null): void;
  /** A boot is over, however it ended. */
  settled(): void;
  /** It was accepted, and names its interval (0: it leaves it to us). */
  accepted(intervalSeconds: number): void;
}

/** No CSMS gets boots or heartbeats more often than this, whatever it asks for. */
const SHORTEST_MS = 1_000;

/** Boots until the CSMS accepts, then beats, for as long as there is a connection. */
export class Registration {
  #state: RegistrationState = "unknown";
  reason: BootReason = "PowerUp";
  readonly #ports: RegistrationPorts;
  /** Another one with each connection, and with none: what was begun on one means nothing on the next. */
  #life = 0;
  /** Until the next boot or heartbeat. */
  #timer: Timer | null = null;
  /** `false`: one is under way, or there is no connection. */
  #isWaiting = false;
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
    const isDue = !this.isAccepted && this.#bootAt <= this.#ports.clock.monotonic();
    if (isDue) void this.#due();
    else this.#waitAgain();
  }

  /** There is none any longer. */
  stop(): void {
    this.#life++;
    this.#timer?.stop();
    this.#isWaiting = false;
  }

  /** The station goes down: what the CSMS accepted is no more. */
  forget(reason: BootReason): void {
    this.stop();
    this.reason = reason;
    this.#become("unknown", null);
  }

  /** What it waits for is due at another time: the wait begins anew. */
  wake(): void {
    if (this.#isWaiting) this.#waitAgain();
  }

  /** Boots now and takes the answer, whatever it waits for. */
  async boot(reason: BootReason): Promise<void> {
    const life = this.#life;
    const askedAt = this.#ports.clock.monotonic();
    const said = await this.#ports.boot(reason);
    // The station went down, or its connection did: the answer means nothing any more.
    if (this.#life !== life) return;
    this.#take(said, askedAt);
    this.#ports.settled();
    this.wake();
  }

  #waitAgain(): void {
    const { clock } = this.#ports;
    const ms = this.isAccepted ? this.#ports.heartbeatMs() : this.#bootAt - clock.monotonic();
    this.#timer ??= clock.timer(() => void this.#due());
    this.#timer.set(Math.max(SHORTEST_MS, ms));
    this.#isWaiting = true;
  }

  /** Boots or beats, and waits for the next time. */
  async #due(): Promise<void> {
    const life = this.#life;
    this.#isWaiting = false;
    try {
      await (this.isAccepted ? this.#beat() : this.boot(this.reason));
      if (this.#life === life) this.#waitAgain();
    } catch (error) {
      this.#ports.log.error("The station failed, and waits for its next connection", { error });
    }
  }

  #take(said: Said<BootAnswer>, askedAt: number): void {
    const { clock, log, retryMs } = this.#ports;
    if (said.kind === "offline") return;
    if (said.kind !== "answered") {
      this.#bootAt = clock.monotonic() + retryMs;
      const error = failure(said);
      log.warn("The boot failed, and will be tried again", { error, retrySeconds: retryMs / 1000 });
      return;
    }
    const { status, intervalSeconds, currentTime } = said.answer;
    if (currentTime !== null) this.#ports.heardTime(currentTime, clock.monotonic() - askedAt);
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
    const { clock } = this.#ports;
    const askedAt = clock.monotonic();
    const said = await this.#ports.heartbeat();
    if (said.kind === "answered" && said.answer !== null) {
      this.#ports.heardTime(said.answer, clock.monotonic() - askedAt);
    }
    if (said.kind === "error") {
      this.#ports.log.warn("The CSMS answered a Heartbeat with an error", { code: said.code });
    } else if (said.kind === "timeout") {
      this.#ports.log.warn("The CSMS did not answer a Heartbeat in time");
    }
  }
}

const STATES = {
  Accepted: "accepted",
  Pending: "pending",
  Rejected: "rejected",
} as const satisfies Record<BootAnswer["status"], RegistrationState>;
