/** What grids are run at, in Hz. */
const NOMINAL_HZ = 50;
/** Its swings: the length of each in seconds and how far it goes, in Hz. None is a multiple of another. */
const SWINGS = [[907, 0.022], [131, 0.011], [17, 0.004]] as const;

/**
 * The frequency of the grid in Hz at a moment (milliseconds since 1970): the same for all stations, and
 * never far from 50.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const frequency = gridFrequency(Date.UTC(2026, 0, 31, 12));
 * assert(Math.abs(frequency - 50) < 0.04);
 * ```
 */
export function gridFrequency(at: number): number {
  return SWINGS.reduce(
    (sum, [seconds, hz]) => sum + hz * Math.sin(2 * Math.PI * at / (1000 * seconds)),
    NOMINAL_HZ,
  );
}
