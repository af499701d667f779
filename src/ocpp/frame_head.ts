import { describeError } from "../log/mod.ts";
import { copyText } from "./copy_text.ts";
import type { Frame } from "./frames.ts";
import { sharedText } from "./shared_text.ts";

/** What a frame says at its beginning. */
export interface FrameHead {
  /** `garbage`: it is no frame. */
  readonly type: Frame["type"] | "garbage";
  readonly id: string | null;
  /** Of a CALL or SEND. */
  readonly action: string | null;
  /** The error code that it carries, or what is wrong with it. */
  readonly error: string | null;
  /** Where what follows the id, or the word behind it, begins; 0: it was not looked for. */
  readonly restAt: number;
}

/** By message type number (1.6-J §4.2; 2.1 part 4 §4.2). */
const TYPES: Readonly<Record<number, Frame["type"]>> = {
  2: "call",
  3: "result",
  4: "error",
  5: "result-error",
  6: "send",
};

/** `[2,"id","Action",`: the number, the id, and the string behind it if there is one, none with an escape. */
const HEAD =
  // deno-lint-ignore no-control-regex -- JSON has none in a string
  /^[ \t\n\r]*\[[ \t\n\r]*([2-6])[ \t\n\r]*,[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*,[ \t\n\r]*(?:"([^"\\\x00-\x1f]*)"[ \t\n\r]*,)?/;

/** A longer text is not parsed only to learn what is wrong with it, in characters. */
const LONGEST_PARSED = 64 * 1024;
/** Of a longer text, words are copied: a slice would keep the whole of it in memory. */
const LONGEST_SHARED = 1024;

/**
 * Reads the beginning of a frame, and of its end as much as tells that it was not cut off: its middle may
 * still be wrong. What does not look like most frames is parsed whole. Never throws.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const call = { type: "call", id: "7", action: "Heartbeat", error: null, restAt: 19 };
 * assert.deepEqual(readHead('[2,"7","Heartbeat",{}]'), call);
 * assert.equal(readHead('[4,"7","GenericError","",{}]').error, "GenericError");
 * assert.equal(readHead('{"no":"frame"}').type, "garbage");
 * ```
 */
export function readHead(text: string): FrameHead {
  if (text !== lastText) {
    lastHead = head(text);
    lastText = text;
  }
  return lastHead;
}

/** A text that was just written: whoever looks at it next need not read what it says. */
export function withHead(
  text: string,
  type: "call" | "result",
  id: string,
  action: string | null,
): string {
  lastText = text;
  lastHead = headOf(type, id, action);
  return text;
}

/** Several look at the same text, one after the other. */
let lastText = "";
let lastHead = garbage("it is empty");

function head(text: string): FrameHead {
  const match = endsAsFrame(text) ? HEAD.exec(text) : null;
  const type = TYPES[Number(match?.[1])];
  if (match === null || type === undefined) return parseHead(text);
  const word = match[3];
  // A result has its payload there, everything else a word.
  if ((type === "result") !== (word === undefined)) return parseHead(text);
  const own = text.length > LONGEST_SHARED ? copyText : itself;
  const shared = word === undefined ? null : sharedText(own(word));
  return headOf(type, own(match[2]!), shared, match[0].length);
}

function headOf(type: Frame["type"], id: string, word: string | null, restAt = 0): FrameHead {
  const isAsking = type === "call" || type === "send";
  return { type, id, action: isAsking ? word : null, error: isAsking ? null : word, restAt };
}

/** Whether it ends with `}]`: so do all frames whose last element is an object. */
function endsAsFrame(text: string): boolean {
  const bracket = lastInk(text, text.length - 1);
  if (text.charCodeAt(bracket) !== 0x5d) return false;
  return text.charCodeAt(lastInk(text, bracket - 1)) === 0x7d;
}

/** The place of the last character up to `from` that JSON does not take for white space. */
function lastInk(text: string, from: number): number {
  let at = from;
  while (at >= 0 && " \t\n\r".includes(text[at]!)) at--;
  return at;
}

function parseHead(text: string): FrameHead {
  if (text.length > LONGEST_PARSED) return garbage("it begins or ends like no frame");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    // Without the piece of the text that the parser quotes: it may hold a secret.
    const why = describeError(thrown).replace(/, (\.{3})?".*is not valid JSON$/s, "");
    return garbage(`it is not JSON: ${why}`);
  }
  if (!Array.isArray(value)) return garbage("it is no JSON array");
  const [number, id, word] = value as unknown[];
  const type = typeof number === "number" ? TYPES[number] : undefined;
  if (type === undefined) return garbage("its message type is unknown");
  if (typeof id !== "string") return garbage("its message id is no string");
  if (type === "result") return headOf(type, id, null);
  return typeof word === "string"
    ? headOf(type, id, word)
    : garbage(`its ${type === "call" || type === "send" ? "action" : "error code"} is no string`);
}

function garbage(error: string): FrameHead {
  return { type: "garbage", id: null, action: null, error, restAt: 0 };
}

function itself(word: string): string {
  return word;
}
