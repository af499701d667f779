/** The longest that a BootNotification can say (1.6 §6.5, 2.x ChargingStationType). */
const LONGEST = 50;

/**
 * The version that the path of a firmware names, the last one if there are several; `null`: none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(versionIn("https://10.0.0.1/acme/fw-v2.1.0.bin"), "2.1.0");
 * assert.equal(versionIn("https://10.0.0.1/latest.bin"), null);
 * ```
 */
export function versionIn(url: string): string | null {
  const path = URL.parse(url)?.pathname ?? "";
  return path.match(/\d+(?:\.\d+)+/g)?.at(-1)?.slice(0, LONGEST) ?? null;
}
