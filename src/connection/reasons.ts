import type { Clock } from "../clock/mod.ts";
import { describeError } from "../log/mod.ts";
import { type AnswerHead, askUnverified } from "./ask_unverified.ts";
import type { DialFailure } from "./cause.ts";
import { httpFailure, spokenFailure, unexplained } from "./failures.ts";
import type { Target } from "./transport.ts";

/** How a dial reaches its host. `dispatcher` is missing in the runtime's types. */
export interface Route {
  readonly options: { readonly client?: Deno.HttpClient; readonly dispatcher?: object };
  [Symbol.dispose](): void;
}

/** For {@link Reasons.why}. */
export interface Question {
  readonly target: Target;
  readonly route: Route;
  /** What the runtime said of the WebSocket that failed. */
  readonly said: string;
  readonly signal: AbortSignal;
}

/** For {@link Reasons}. */
export interface ReasonsOptions {
  readonly clock: Clock;
  /** How long an answer serves everybody who dials the same host by the same client. */
  readonly shareMs: number;
}

interface Answer {
  readonly askedFor: Target;
  readonly at: number;
  readonly failure: Promise<DialFailure | null>;
}

/** A host that says nothing has nothing to tell. */
const ANSWER_WITHIN_MS = 5_000;

/** Hosts whose answers are remembered. */
const MOST_ANSWERS = 1_000;

/**
 * Finds out why a dial failed. The runtime tells little: over `wss` every failed handshake reads
 * alike, over `ws` there is a status without its Retry-After, and a TCP error without its number. So
 * the host is asked once by `fetch`, with the same client and the same headers, and the answer serves
 * all who fail on that host for a while: a fleet that fails together asks one question, not 10,000.
 */
export class Reasons {
  readonly #clock: Clock;
  readonly #shareMs: number;
  readonly #answers = new Map<string, Answer>();
  readonly #asking = new Set<AbortController>();

  constructor({ clock, shareMs }: ReasonsOptions) {
    this.#clock = clock;
    this.#shareMs = shareMs;
  }

  /** Ends the questions that are under way. */
  [Symbol.dispose](): void {
    for (const stop of this.#asking) stop.abort();
  }

  /** Never rejects. Answers at once when `signal` is aborted. */
  async why({ target, route, said, signal }: Question): Promise<DialFailure> {
    const known = spokenFailure(said, target.url);
    if (signal.aborted || known !== null && !worthAsking(known)) {
      return known ?? unexplained(said, target.url);
    }
    const answer = this.#ask(target, route);
    const told = await Promise.race([answer.failure, calledOff(signal)]);
    if (told === null) return known ?? unexplained(said, target.url);
    if (answer.askedFor === target) return told;
    return asHeardByAnother(told, known, target, said);
  }

  #ask(target: Target, route: Route): Answer {
    const now = this.#clock.monotonic();
    const key = hostKey(target);
    const last = this.#answers.get(key);
    if (last !== undefined && now - last.at < this.#shareMs && !isOutdated(last, target)) {
      return last;
    }
    const answer = { askedFor: target, at: now, failure: this.#fetch(target, route) };
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MOST_ANSWERS) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }

  /** `null`: nothing more is to be learned. */
  async #fetch(target: Target, { options }: Route): Promise<DialFailure | null> {
    const stop = new AbortController();
    const cancel = this.#clock.after(ANSWER_WITHIN_MS, () => stop.abort());
    this.#asking.add(stop);
    try {
      const head = await ask(target, options.client, stop.signal);
      return httpFailure(head, target.url, this.#clock.now());
    } catch (error) {
      return spokenFailure(describeError(error), target.url);
    } finally {
      cancel();
      this.#asking.delete(stop);
      // A socket that was upgraded, or a body that nobody wants: both end here.
      stop.abort();
    }
  }
}

/** One GET with the headers of the dial. */
function ask(
  target: Target,
  client: Deno.HttpClient | undefined,
  signal: AbortSignal,
): Promise<AnswerHead> {
  const url = target.url.replace(/^ws/, "http");
  const headers = upgradeHeaders(target);
  return target.tls?.insecureSkipVerify && url.startsWith("https:")
    ? askUnverified(url, headers, signal)
    : fetch(url, { client, headers, signal, redirect: "manual" });
}

/** The same station with another password, say: what it was told before may not be true any more. */
function isOutdated({ askedFor }: Answer, target: Target): boolean {
  return askedFor.url === target.url && askedFor !== target;
}

function calledOff(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(null), { once: true })
  );
}

/** A status may come with a Retry-After, and "tcp connect error" hides which. */
function worthAsking({ kind, status }: DialFailure): boolean {
  return kind === "unreachable" || kind === "http" && status !== undefined && status >= 429;
}

function hostKey({ url, tls }: Target): string {
  const trust = tls === null ? "" : tls.insecureSkipVerify ? "insecure" : tls.clientCert ?? "";
  return `${new URL(url).origin} ${tls?.caCert ?? ""} ${trust}`;
}

/** What "tcp connect error" may turn out to be. */
const TCP_KINDS: readonly DialFailure["kind"][] = ["refused", "unreachable", "timeout"];

/**
 * What another station of the same host was told, as far as it can be true for this one. It may be
 * seconds old, so it must not contradict what is known; an answer to that station's name or password
 * is its own, and that it got in does not mean that we shall.
 */
function asHeardByAnother(
  told: DialFailure,
  known: DialFailure | null,
  target: Target,
  said: string,
): DialFailure {
  if (told.recovered) {
    if (known?.kind !== "unreachable") return known ?? unexplained(said, target.url);
    const { host } = new URL(target.url);
    return { kind: "unreachable", message: `${host} could not be reached, but it answers now` };
  }
  if (known?.kind === "http") return told.status === known.status ? told : known;
  if (known !== null) return TCP_KINDS.includes(told.kind) ? told : known;
  if (told.kind !== "http") return told;
  return { ...told, message: `${told.message}; so it said to another station of this host` };
}

function upgradeHeaders({ authorization, subprotocols }: Target): Record<string, string> {
  return {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "b2NwcC1lbXUgYXNrcyB3aHk=",
    "sec-websocket-protocol": subprotocols.join(", "),
    ...(authorization === null ? {} : { authorization: authorization.reveal() }),
  };
}
