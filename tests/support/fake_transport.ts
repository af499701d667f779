import { type CloseCause, DialError, type DialFailure } from "../../src/connection/cause.ts";
import type { Dial, Target, Transport } from "../../src/connection/transport.ts";

/** A socket in the hands of the test: it keeps what it was told, and ends when the test says so. */
export class FakeTransport implements Transport {
  subprotocol: string;
  /** Raise it to make the socket slow. */
  bufferedBytes = 0;
  /** `false`: a runtime without pings. */
  canPing = true;
  /** `false`: a peer that never answers the close. */
  answersClose = true;
  readonly sent: string[] = [];
  /** On the clock of the session. */
  heardAt = 0;
  pings = 0;
  readonly closes: { readonly code: number; readonly reason: string }[] = [];
  abandonedWith: CloseCause | null = null;
  ended = false;
  readonly closed: Promise<CloseCause>;
  readonly #resolve: (cause: CloseCause) => void;

  constructor(subprotocol = "ocpp1.6") {
    this.subprotocol = subprotocol;
    const { promise, resolve } = Promise.withResolvers<CloseCause>();
    this.closed = promise;
    this.#resolve = resolve;
  }

  send(text: string): void {
    if (!this.ended && this.closes.length === 0) this.sent.push(text);
  }

  ping(): boolean {
    if (this.canPing) this.pings++;
    return this.canPing;
  }

  close(code: number, reason: string): void {
    this.closes.push({ code, reason });
    // As the runtime has it: what waits is still on its way, and no longer counted.
    this.bufferedBytes = 0;
    if (this.answersClose) this.end({ kind: "asked", message: "closed by this side" });
  }

  abandon(cause: CloseCause): void {
    this.abandonedWith = cause;
    this.end(cause);
  }

  /** The connection is over. */
  end(cause: CloseCause = lost()): void {
    this.ended = true;
    this.#resolve(cause);
  }
}

/** One dial, waiting for the test to decide it. */
export interface FakeAttempt {
  readonly target: Target;
  readonly signal: AbortSignal;
  /** A text from the peer. */
  say(text: string): void;
  accept(transport?: FakeTransport): FakeTransport;
  fail(failure?: DialFailure): void;
}

/** How a {@link FakeDial} decides by itself; `undefined` leaves it to the test. */
export type Decision = FakeTransport | DialFailure | undefined;

/** A network in the hands of the test. */
export class FakeDial {
  readonly attempts: FakeAttempt[] = [];
  /** The most sockets that stood at once, per URL. */
  readonly mostOpen = new Map<string, number>();
  readonly #open = new Map<string, number>();
  #decide: (attempt: FakeAttempt) => Decision;

  constructor(decide: (attempt: FakeAttempt) => Decision = () => undefined) {
    this.#decide = decide;
  }

  /** From now on every dial comes out like this. */
  willAnswer(decide: (attempt: FakeAttempt) => Decision): void {
    this.#decide = decide;
  }

  get last(): FakeAttempt {
    return this.attempts.at(-1)!;
  }

  /** Rejects when aborted, as every dial must. */
  readonly dial: Dial = (target, onText, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<Transport>();
    const attempt: FakeAttempt = {
      target,
      signal,
      say: onText,
      accept: (transport = new FakeTransport(target.subprotocols[0])) => {
        this.#opened(target.url, transport);
        resolve(transport);
        return transport;
      },
      fail: (failure = refused()) => reject(new DialError(failure)),
    };
    this.attempts.push(attempt);
    const calledOff = () => attempt.fail({ kind: "timeout", message: "called off" });
    if (signal.aborted) calledOff();
    else signal.addEventListener("abort", calledOff, { once: true });
    const decision = this.#decide(attempt);
    if (decision instanceof FakeTransport) attempt.accept(decision);
    else if (decision !== undefined) attempt.fail(decision);
    return promise;
  };

  #opened(url: string, transport: FakeTransport): void {
    const open = (this.#open.get(url) ?? 0) + 1;
    this.#open.set(url, open);
    this.mostOpen.set(url, Math.max(this.mostOpen.get(url) ?? 0, open));
    transport.closed.then(() => this.#open.set(url, this.#open.get(url)! - 1));
  }
}

/** The usual way not to get through. */
export function refused(): DialFailure {
  return { kind: "refused", message: "nothing listens at csms: is the CSMS running?" };
}

/** The usual way to lose a connection. */
export function lost(): CloseCause {
  return { kind: "lost", message: "the connection ended without a close frame" };
}
