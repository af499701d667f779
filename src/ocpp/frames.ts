import { type FaultFacts, type FaultKind, type FrameFault, makeFault } from "./faults.ts";
import { FRAME_RULES } from "./frame_rules.ts";
import { readHead } from "./frame_head.ts";
import { READERS } from "./frame_shapes.ts";
import { MAX_ID_LENGTH } from "./message_id.ts";
import type { OcppVersion } from "./version.ts";
import { describe } from "./words.ts";

/** The body of a frame. Nothing in it is checked yet. */
export type Payload = Record<string, unknown>;

/** Asks the other side to do something: `[2, id, action, payload]`. */
export interface CallFrame {
  readonly type: "call";
  readonly id: string;
  readonly action: string;
  readonly payload: Payload;
}

/** Answers a CALL: `[3, id, payload]`. */
export interface ResultFrame {
  readonly type: "result";
  readonly id: string;
  readonly payload: Payload;
}

/** Refuses a CALL: `[4, id, code, description, details]`. */
export interface ErrorFrame {
  readonly type: "error";
  readonly id: string;
  readonly code: string;
  readonly description: string;
  readonly details: Payload;
}

/** Refuses a CALLRESULT, since 2.1: `[5, id, code, description, details]`. */
export interface ResultErrorFrame extends Omit<ErrorFrame, "type"> {
  readonly type: "result-error";
}

/** Tells something and wants no answer, since 2.1: `[6, id, action, payload]`. */
export interface SendFrame extends Omit<CallFrame, "type"> {
  readonly type: "send";
}

/** A frame whose shape is right. Its action and payload are not looked at yet. */
export type Frame = CallFrame | ResultFrame | ErrorFrame | ResultErrorFrame | SendFrame;

/** A frame about one that we sent. */
export type AnswerFrame = ResultFrame | ErrorFrame | ResultErrorFrame;

/** A longer id is not worth sending back: it counts as one that cannot be read. */
const MAX_ECHOED_ID_LENGTH = 255;

/** No OCPP message is anywhere near as deep, and 10 MiB of `[` would stop the world for seconds. */
const MAX_DEPTH = 500;

/**
 * Reads the text of one WebSocket message by the rules of `version`. Never throws. A fault says in
 * words what is wrong, and holds the answer that the rules ask for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { loadVersion } from "./mod.ts";
 *
 * const version = await loadVersion("2.0.1");
 * const call = parseFrame('[2,"7","Heartbeat",{}]', version);
 * assert.deepEqual(call, { type: "call", id: "7", action: "Heartbeat", payload: {} });
 *
 * const fault = parseFrame('[2,7,"Heartbeat",{}]', version);
 * assert(fault.type === "fault" && fault.answer?.startsWith('[4,"-1","RpcFrameworkError"'));
 * ```
 */
export function parseFrame(text: string, version: OcppVersion): Frame | FrameFault {
  const rules = FRAME_RULES[version.id];
  if (isDeeperThan(text, MAX_DEPTH)) {
    return unreadable(version, "depth", `it is nested deeper than ${MAX_DEPTH} levels`);
  }
  const plain = readPlain(text);
  if (plain !== null) return plain;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    // The parser quotes the text as it is; a message is one line of well-formed text.
    const reason = (thrown as SyntaxError).message.replace(/\p{C}/gu, "\ufffd");
    return unreadable(version, "json", `it is not JSON: ${reason}`);
  }
  if (!Array.isArray(value)) {
    return unreadable(version, "array", `it must be a JSON array, found ${describe(value)}`);
  }

  const parts: readonly unknown[] = value;
  const [number, givenId] = parts;
  const readable = typeof givenId === "string" && givenId.length <= MAX_ECHOED_ID_LENGTH;
  const id = readable ? givenId : null;
  const type = rules.types.get(number);
  if (type === undefined && typeof number === "number") {
    const message = `OCPP ${version.id} has no message type ${number}`;
    return unreadable(version, "message-type", message, { id, error: rules.unknownType });
  }
  if (type === undefined) {
    const message = `its message type must be a number, found ${describe(number)}`;
    return unreadable(version, "message-type", message, { id });
  }
  if (id === null) {
    const message = `its message id must be a string of at most ${MAX_ID_LENGTH} characters, ` +
      `found ${describe(givenId)}`;
    return unreadable(version, "id", message, { of: type });
  }
  const read = READERS[type](type, id, parts, rules);
  return read.type === "flaw" ? makeFault(version, { ...read, of: type, id }) : read;
}

/**
 * Reads a CALL or CALLRESULT that is as nearly all of them are. `null`: this one is not, and has to be read
 * whole. Only the payload is parsed: the parser would keep every short id in its table of words.
 */
function readPlain(text: string): Frame | null {
  const { type, id, action, restAt } = readHead(text);
  if (restAt === 0 || id === null || id.length > MAX_ID_LENGTH) return null;
  if (type !== "call" && type !== "result") return null;
  let payload: unknown;
  try {
    payload = JSON.parse(text.slice(restAt, text.lastIndexOf("]")));
  } catch {
    return null;
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) return null;
  return type === "result"
    ? { type, id, payload: payload as Payload }
    : { type, id, action: action!, payload: payload as Payload };
}

/** A fault of what nobody can make anything of, but for what is known in spite of it. */
function unreadable(
  version: OcppVersion,
  kind: FaultKind,
  message: string,
  known: Partial<Pick<FaultFacts, "error" | "id" | "of">> = {},
): FrameFault {
  const error = FRAME_RULES[version.id].unreadable;
  return makeFault(version, { of: null, id: null, frame: null, error, kind, message, ...known });
}

/** Whether arrays and objects nest deeper than `levels`, told without building any of them. */
function isDeeperThan(text: string, levels: number): boolean {
  if (text.length <= 2 * levels) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === 0x22) {
      at = endOfString(text, at + 1);
      if (at < 0) return false;
    } else if (character === 0x5b || character === 0x7b) {
      if (++depth > levels) return true;
    } else if (character === 0x5d || character === 0x7d) {
      depth--;
    }
  }
  return false;
}

/** Where the quote is that ends a string, or -1: it is the first with no odd backslash before it. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}
