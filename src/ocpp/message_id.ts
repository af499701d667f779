import type { Clock, Random } from "../clock/mod.ts";

/** The longest message id that OCPP allows, in characters. */
export const MAX_ID_LENGTH = 36;

/** Gives out message ids, none of them twice. */
export type NewMessageId = () => string;

/**
 * One source of message ids for the whole process, so that an id is unique over all connections of
 * all stations. The start time and eight random letters keep restarts and other processes apart, even
 * when chance is seeded. At most 29 characters.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom, VirtualClock } from "../clock/mod.ts";
 *
 * const newId = messageIds(new VirtualClock(), seededRandom(1));
 * const first = newId();
 * assert(first.length <= 29 && first !== newId());
 * ```
 */
export function messageIds(clock: Pick<Clock, "now">, random: Random): NewMessageId {
  let prefix = `${Math.trunc(clock.now()).toString(36)}-`;
  for (let letter = 0; letter < 8; letter++) prefix += Math.trunc(random() * 36).toString(36);
  let count = 0;
  return () => `${prefix}-${(++count).toString(36)}`;
}

/** Whether an id has more characters than OCPP allows. A surrogate pair is one character. */
export function isLongId(id: string): boolean {
  return id.length > MAX_ID_LENGTH && [...id].length > MAX_ID_LENGTH;
}
