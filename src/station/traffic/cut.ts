/**
 * A text that goes into a field of at most so many characters, counted as JSON Schema does: by code
 * points.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(cut("Emulator", 3), "Emu");
 * assert.equal(cut("🔌🔋", 1), "🔌");
 * ```
 */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : Array.from(text).slice(0, most).join("");
}

/** The same for what may be empty or unknown, and is left out then. */
export function cutField(text: string | null, most: number): string | undefined {
  return text === null || text === "" ? undefined : cut(text, most);
}
