import { dialFor } from "./admission.ts";
import { Aim } from "./aim.ts";
import { ASKED, type Cause } from "./cause.ts";
import { checkDuration } from "./check_duration.ts";
import { ClientSession, type SessionClient } from "./client_session.ts";
import type { ClientParts, ClientWorld, Owner } from "./client_world.ts";
import type { Connection, TargetChange } from "./connection.ts";
import { type OpenedSession, openSession } from "./open_session.ts";
import type { SendStatus } from "./outcome.ts";
import type { RetryPolicy } from "./retry.ts";
import { type Ending, Run } from "./run.ts";
import type { Settled } from "./send_queue.ts";
import type { Session } from "./session.ts";
import { type ConnectionEvent, type ConnectionState, transition } from "./state.ts";
import { Tally } from "./tally.ts";
import type { Target } from "./transport.ts";
import type { Trial } from "./trial.ts";

/** One station's connection: at most one socket, one run loop, and the state that both agree on. */
export class Client implements Connection, SessionClient {
  readonly stationId: string;
  readonly tally: Tally;
  readonly #aim: Aim;
  readonly #owner: Owner;
  readonly #retry: RetryPolicy;
  readonly #world: ClientWorld;
  readonly #ofSessions: ClientSession;
  #state: ConnectionState = { name: "disconnected" };
  #run: Run | null = null;
  #session: Session | null = null;

  constructor(stationId: string, target: Target, parts: ClientParts, world: ClientWorld) {
    this.stationId = stationId;
    this.#aim = new Aim(target, parts.guide);
    this.#owner = parts.owner;
    this.#retry = parts.retry ?? world.retry;
    this.#world = world;
    this.#ofSessions = new ClientSession(this, world);
    this.tally = new Tally();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get url(): string {
    return this.#aim.target.url;
  }

  /** Messages that wait behind a slow socket. */
  get queued(): number {
    return this.#session?.queued ?? 0;
  }

  /** Failed dials in a row. */
  get failures(): number {
    return this.#run === null || this.#session?.isGood ? 0 : this.#run.failures;
  }

  /** Dials, or redials at once when it waits to. `false`: it is closed for good. */
  connect(): boolean {
    const { name } = this.#state;
    if (name === "reconnecting") this.#run?.wake();
    if (name === "disconnected" || name === "error") {
      this.#start();
      this.#apply({ type: "connect" });
    }
    return name !== "closed";
  }

  /** Closes, and stays away. Resolves when the socket is gone. */
  async disconnect(): Promise<void> {
    // A change that was made while disconnected waits for the next connect.
    if (this.#state.name !== "disconnected") this.#aim.callOff("a disconnect by hand");
    this.#apply({ type: "disconnect" });
    await this.#stop();
  }

  /** Closes for good. Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#aim.callOff("a close for good");
    this.#apply({ type: "close" });
    await this.#stop();
  }

  reconnect(awayMs?: number): boolean {
    checkDuration("stay away for", awayMs ?? 0);
    const { name } = this.#state;
    if (name === "connected") {
      this.#redial(awayMs ?? 0);
      return true;
    }
    if (awayMs === undefined || name === "closed") return this.connect();
    if (name === "disconnected") return false;
    this.#start(awayMs);
    this.#apply({ type: "lost", cause: ASKED, retryAt: this.#world.clock.now() + awayMs });
    return true;
  }

  retarget(change: TargetChange): Promise<Cause | null> {
    const target = this.#aim.changed(change, this.stationId);
    if (this.#state.name === "closed") return Promise.resolve(ASKED);
    this.#aim.callOff("another change");
    // Once one has connected, targets change by trial: so the one before did, if any did.
    const trial = this.#aim.turn(target, this.tally.connectedAt !== null);
    if (trial === null) this.#world.onRetarget(this, change, "untried");
    else trial.decided.then((cause) => this.#world.onRetarget(this, change, cause));
    if (this.#state.name === "connected") this.#redial(this.#run?.redialMs ?? 0);
    if (this.#state.name === "connecting") this.#start();
    return trial?.decided ?? Promise.resolve(null);
  }

  setPingInterval(intervalMs: number): void {
    checkDuration("ping every", intervalMs);
    this.#ofSessions.pingIntervalMs = intervalMs;
    this.#session?.setPingInterval(intervalMs);
  }

  send(text: string, settled?: Settled): SendStatus {
    return this.#state.name === "connected" && this.#session !== null
      ? this.#session.send(text, settled && ((lost) => this.#guard(() => settled(lost))))
      : "offline";
  }

  noteLatency(ms: number): void {
    this.tally.latencyMs = Math.round(ms * 100) / 100;
  }

  /** The keepalive where the runtime has no pings. */
  probe(): boolean {
    return this.#guard(() => this.#owner.probe?.()) ?? false;
  }

  /** The socket took a text. */
  sent(text: string): void {
    const at = this.#world.clock.now();
    this.#world.onSent(this, text, this.tally.sent(text, at), at);
  }

  /** Begins a run in place of the one that is under way, after a wait if need be. */
  #start(awayMs = 0): void {
    const before = this.#run;
    before?.end();
    const run = new Run();
    // Every wait begins before anybody hears of it, so that they can end it.
    const waited = run.wait(this.#world.clock, awayMs);
    this.#run = run;
    run.done = this.#live(run, waited, before?.done);
  }

  /** Ends the session for another one, `afterMs` later. */
  #redial(afterMs: number): void {
    if (this.#run !== null) this.#run.redialMs = afterMs;
    this.#session?.close("reconnecting");
  }

  async #stop(): Promise<void> {
    const run = this.#run;
    run?.end();
    this.#session?.close("");
    await run?.done;
    if (this.#run === run) this.#run = null;
  }

  /** Dial, live, wait, and again: until it is stopped or the policy gives up. */
  async #live(run: Run, waited: Promise<void>, gone?: Promise<void>): Promise<void> {
    await waited;
    if (!run.isOver) this.#apply({ type: "dial" });
    // The socket of the run before may still be closing: never two at a time.
    await gone;
    while (!run.isOver) {
      const ending = await this.#attempt(run);
      if (ending === null) return;
      const { cause } = ending;
      const next = run.next(ending, this.#retry, this.#aim.spareDials);
      if (next === null) return this.#apply({ type: "gave-up", cause });
      const rested = run.wait(this.#world.clock, next.delayMs);
      const now = this.#world.clock.now();
      this.#apply({ type: "lost", cause, retryAt: now + next.delayMs }, now);
      if (next.failed !== null) this.#aim.settle(next.failed, cause);
      await rested;
      if (!run.isOver) this.#apply({ type: "dial" });
    }
  }

  /** One dial and the session that may follow. `null`: it was stopped. */
  async #attempt(run: Run): Promise<Ending | null> {
    if (!await run.enter(this.#world.gate)) return null;
    this.#guard(() => this.#aim.follow(run.failures, this.stationId));
    const { target, trial } = this.#aim;
    const opened = await openSession({
      target,
      session: this.#ofSessions,
      dial: (onText) => dialFor(run, target, onText, this.#world),
    });
    if (!("failure" in opened)) return this.#serve(run, opened, trial);
    return run.isOver ? null : { cause: opened.failure, good: false, trial };
  }

  /** A session until its end. Nothing of the dial stays in memory meanwhile: it may last for months. */
  #serve(run: Run, opened: OpenedSession, trial: Trial | null): Promise<Ending | null> {
    const { session, deliver } = opened;
    const { clock, goodAfterMs } = this.#world;
    this.#session = session;
    if (run.isOver) {
      session.close("");
    } else {
      trial?.opened(clock.after(goodAfterMs, () => this.#aim.prove()));
      const now = clock.now();
      this.#apply({ type: "opened", at: now, subprotocol: session.subprotocol }, now);
      deliver((text) => this.#receive(run, text));
    }
    return session.ended().then((cause) => {
      const good = session.isGood;
      if (good) this.#aim.prove();
      trial?.ended();
      this.#session = null;
      return run.isOver ? null : { cause, good, trial };
    });
  }

  #receive(run: Run, text: string): void {
    // Between our close and its answer a peer may go on talking to nobody.
    if (run.isOver) return;
    const at = this.#world.clock.now();
    this.#world.onText(this, text, this.tally.received(text, at), at);
    if (this.#guard(() => this.#owner.received(text)) === true) {
      this.#session?.understood();
      this.#aim.prove();
    }
  }

  /** The one place where the state changes. */
  #apply(event: ConnectionEvent, at = this.#world.clock.now()): void {
    const from = this.#state;
    const to = transition(from, event);
    if (to === from) return;
    this.#state = to;
    const cause = "cause" in event ? event.cause : ASKED;
    const ended = from.name === "connected" ? cause : null;
    const change = { stationId: this.stationId, at, from, to, ended };
    this.tally.changed(change);
    this.#world.onChange(this, change);
    // A listener may have ended it again already.
    if (to.name === "connected" && this.#state === to) {
      this.#guard(() => this.#owner.opened?.(to.subprotocol));
    }
    if (ended !== null) this.#guard(() => this.#owner.closed?.(ended));
  }

  #guard<T>(call: () => T): T | undefined {
    try {
      return call();
    } catch (thrown) {
      this.#world.onThrow(this, thrown);
      return undefined;
    }
  }
}
