import type { LoggedMessage, NewMessage } from "./message.ts";

/** What is longer is cut, in characters: one odd frame must not take the memory of a thousand. */
export const LONGEST_TEXT = 64 * 1024;
const LONGEST_WORD = 255;

/** A message as the log keeps it. */
export function clipMessage(seq: number, message: NewMessage): LoggedMessage {
  const { at, stationId, direction, type, action, id, text, bytes, latencyMs, error } = message;
  return {
    seq,
    at: Math.floor(at),
    stationId,
    direction,
    type,
    action: clipWord(action),
    id: clipWord(id),
    text: clip(text, LONGEST_TEXT),
    bytes,
    latencyMs,
    error: clipWord(error),
  };
}

/** An action, an id or an error as the log keeps it. */
export function clipWord(word: string | null): string | null {
  return clip(word, LONGEST_WORD);
}

function clip<T extends string | null>(text: T, longest: number): T {
  if (text === null || text.length <= longest) return text;
  // Written anew, since a slice would keep the whole of it in memory.
  return new TextDecoder().decode(new TextEncoder().encode(text.slice(0, longest))) as T;
}
