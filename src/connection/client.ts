import type { Cause } from "./cause.ts";
import type { ClientWorld, Owner } from "./client_world.ts";
import { openSession } from "./open_session.ts";
import type { SendStatus } from "./outcome.ts";
import { Run } from "./run.ts";
import type { Settled } from "./send_queue.ts";
import type { Session, SessionOptions } from "./session.ts";
import { type ConnectionEvent, type ConnectionState, transition } from "./state.ts";
import { Tally } from "./tally.ts";
import type { Target } from "./transport.ts";

/** How an attempt came to its end. */
interface Ending {
  readonly cause: Cause;
  readonly good: boolean;
}

/** One station's connection: at most one socket, one run loop, and the state that both agree on. */
export class Client {
  readonly id: string;
  readonly tally: Tally;
  readonly #target: Target;
  readonly #owner: Owner;
  readonly #world: ClientWorld;
  #state: ConnectionState = { name: "disconnected" };
  #run: Run | null = null;
  #session: Session | null = null;
  #good = false;
  #failures = 0;

  constructor(id: string, target: Target, owner: Owner, world: ClientWorld) {
    this.id = id;
    this.#target = target;
    this.#owner = owner;
    this.#world = world;
    this.tally = new Tally(world.clock);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get url(): string {
    return this.#target.url;
  }

  /** Messages that wait behind a slow socket. */
  get queued(): number {
    return this.#session?.queued ?? 0;
  }

  /** Failed dials in a row. */
  get failures(): number {
    return this.#isGood() ? 0 : this.#failures;
  }

  /** Dials, or redials at once when it waits to. `false`: it is closed for good. */
  connect(): boolean {
    switch (this.#state.name) {
      case "closed":
        return false;
      case "connecting":
      case "connected":
        return true;
      case "reconnecting":
        this.#run?.wake();
        return true;
      case "disconnected":
      case "error":
        this.#apply({ type: "connect" });
        this.#start();
        return true;
    }
  }

  /** Closes, and stays away. Resolves when the socket is gone. */
  async disconnect(): Promise<void> {
    this.#apply({ type: "disconnect" });
    await this.#stop();
  }

  /** Closes and dials again at once. `false`: it is closed for good. */
  reconnect(): boolean {
    const { name } = this.#state;
    // The socket of a run that was stopped may still be closing: that one is not ours to redial.
    if (name !== "connected" || this.#session === null || this.#run === null) return this.connect();
    this.#run.redial = true;
    this.#session.close("reconnecting");
    return true;
  }

  /** Closes for good. Resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#apply({ type: "close" });
    await this.#stop();
  }

  send(text: string, settled?: Settled): SendStatus {
    return this.#state.name === "connected" && this.#session !== null
      ? this.#session.send(text, settled && ((lost) => this.#guard(() => settled(lost))))
      : "offline";
  }

  #start(): void {
    const before = this.#run?.done;
    const run = new Run();
    this.#run = run;
    run.done = (async () => {
      // The socket of the run before may still be closing: never two at a time.
      await before;
      await this.#loop(run);
    })();
  }

  async #stop(): Promise<void> {
    const run = this.#run;
    run?.end();
    this.#session?.close("");
    await run?.done;
    if (this.#run === run) this.#run = null;
  }

  /** Dial, live, wait, and again: until it is stopped or the policy gives up. */
  async #loop(run: Run): Promise<void> {
    const { retry, clock } = this.#world;
    let redial = 0;
    let previousMs = 0;
    this.#failures = 0;
    while (!run.signal.aborted) {
      const ending = await this.#attempt(run);
      if (ending === null) return;
      const { cause, good } = ending;
      if (good || run.redial) redial = this.#failures = previousMs = 0;
      else this.#failures++;
      // Where a server says that it is back we go at once, but only once: then the ladder rules.
      const atOnce = run.redial || "recovered" in cause && this.#failures === 1;
      run.redial = false;
      if (!atOnce) redial++;
      const delayMs = atOnce
        ? 0
        : retry.nextDelay({ redial, failures: this.#failures, previousMs, cause });
      if (delayMs === null) return this.#apply({ type: "gave-up", cause });
      previousMs = delayMs;
      // The wait begins before anybody hears of it, so that they can end it.
      const waited = atOnce ? null : run.wait(clock, delayMs);
      const now = clock.now();
      this.#apply({ type: "lost", cause, retryAt: now + delayMs }, now);
      await waited;
      this.#apply({ type: "dial" });
    }
  }

  /** One dial and the session that may follow. `null`: it was stopped. */
  async #attempt(run: Run): Promise<Ending | null> {
    const { dial, clock } = this.#world;
    const { signal } = run;
    const opening = { dial, target: this.#target, signal, session: this.#sessionOptions() };
    const opened = await openSession(opening);
    if ("failure" in opened) {
      return signal.aborted ? null : { cause: opened.failure, good: false };
    }
    const { session } = opened;
    this.#session = session;
    this.#good = false;
    if (signal.aborted) {
      session.close("");
    } else {
      const now = clock.now();
      this.#apply({ type: "opened", at: now, subprotocol: session.subprotocol }, now);
      opened.deliver((text) => this.#receive(run, text));
    }
    const cause = await session.ended();
    const good = this.#isGood();
    if (good) this.#failures = 0;
    this.#session = null;
    return signal.aborted ? null : { cause, good };
  }

  #sessionOptions(): SessionOptions {
    const { clock, sendQueue, pingIntervalMs, closeTimeoutMs } = this.#world;
    return {
      clock,
      sendQueue,
      pingIntervalMs,
      closeTimeoutMs,
      probe: () => this.#guard(() => this.#owner.probe?.()) ?? false,
      onSent: (text) => this.tally.sent(text),
    };
  }

  #receive(run: Run, text: string): void {
    // Between our close and its answer a peer may go on talking to nobody.
    if (run.signal.aborted) return;
    this.#session?.heard();
    this.tally.received(text);
    if (this.#guard(() => this.#owner.received(text)) === true) this.#good = true;
    this.#world.onText(this, text);
  }

  #isGood(): boolean {
    const { clock, goodAfterMs } = this.#world;
    return this.#session !== null &&
      (this.#good || clock.monotonic() - this.#session.openedAt >= goodAfterMs);
  }

  /** The one place where the state changes. */
  #apply(event: ConnectionEvent, at = this.#world.clock.now()): void {
    const from = this.#state;
    const to = transition(from, event);
    if (to === from) return;
    this.#state = to;
    const ended = from.name === "connected" ? endedBy(event) : null;
    const change = { stationId: this.id, at, from, to, ended };
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

function endedBy(event: ConnectionEvent): Cause {
  return "cause" in event ? event.cause : { kind: "asked", message: "closed by this side" };
}
