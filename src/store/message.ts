/** What a frame is; `garbage` is none that OCPP knows. */
export type MessageType = "call" | "result" | "error" | "result-error" | "send" | "garbage";

/** A frame on its way: what the log is told. */
export interface NewMessage {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly stationId: string;
  /** As the station sees it. */
  readonly direction: "in" | "out";
  readonly type: MessageType;
  /** Of an answer: of the call that it answers. */
  readonly action: string | null;
  /** The message id of OCPP. */
  readonly id: string | null;
  /** As it was on the wire. */
  readonly text: string;
  /** Of the whole text in UTF-8. */
  readonly bytes: number;
  /** Of an answer: the time since its call, in milliseconds. */
  readonly latencyMs: number | null;
  /** What is wrong with it, or the error code that it carries. */
  readonly error: string | null;
}

/** A frame in the log. */
export interface LoggedMessage extends NewMessage {
  /** Its place in the log: it never changes, and a later message has a greater one. A cursor. */
  readonly seq: number;
}

/** What is looked for; what is absent does not matter. */
export interface MessageFilter {
  readonly stationId?: string | undefined;
  readonly direction?: "in" | "out" | undefined;
  readonly type?: MessageType | undefined;
  readonly action?: string | undefined;
  /** From this time on, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** Up to and with this time, in milliseconds since 1970. */
  readonly until?: number | undefined;
  /** Somewhere in the text; A to Z match a to z. */
  readonly q?: string | undefined;
}

/** What is looked for, and how much of it. */
export interface MessageQuery extends MessageFilter {
  /** 100 unless given, at most 1000. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly after?: number | undefined;
}

/** Newest first. */
export interface MessagePage {
  readonly messages: readonly LoggedMessage[];
  /** Where the next page begins; `null`: there is none. A page may have few messages and still a next. */
  readonly next: number | null;
}

/**
 * A place in the log begins with the time, so that a span of time is a span of places and needs no index
 * of its own. When the wall clock is set back, places go on from the last one until it has caught up.
 */
const PLACES_PER_MS = 1024;

/** The first place of a time. @param at milliseconds since 1970 */
export function seqOf(at: number): number {
  return Math.floor(at) * PLACES_PER_MS;
}

/** The places that a filter's times allow: from the first, and below the second. */
export function seqRange({ since, until }: MessageFilter): readonly [from: number, below: number] {
  return [
    since === undefined ? 0 : seqOf(Math.max(0, since)),
    until === undefined ? Number.MAX_SAFE_INTEGER : seqOf(Math.max(0, until) + 1),
  ];
}

/**
 * Whether a message is one of those that a filter looks for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const message = {
 *   seq: seqOf(1000), at: 1000, stationId: "CP001", direction: "out", type: "call",
 *   action: "Heartbeat", id: "7", text: '[2,"7","Heartbeat",{}]', bytes: 22, latencyMs: null, error: null,
 * } as const;
 * assert(matchesFilter({ q: "heartBEAT", since: 1000 }, message));
 * assert(!matchesFilter({ until: 999 }, message));
 * ```
 */
export function matchesFilter(filter: MessageFilter, message: LoggedMessage): boolean {
  const { stationId, direction, type, action, q } = filter;
  if (stationId !== undefined && message.stationId !== stationId) return false;
  if (direction !== undefined && message.direction !== direction) return false;
  if (type !== undefined && message.type !== type) return false;
  if (action !== undefined && message.action !== action) return false;
  const [from, below] = seqRange(filter);
  if (message.seq < from || message.seq >= below) return false;
  return q === undefined || lowerLetters(message.text).includes(lowerLetters(q));
}

/** A to Z become a to z, and no other letter changes. */
export function lowerLetters(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
