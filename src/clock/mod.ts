/**
 * The clock room: the one place with timers, wall clock and chance.
 *
 * Everything else takes a {@link Clock} and a {@link Random} as arguments, so that back-off ladders,
 * heartbeats and meter values are tested on a {@link VirtualClock} in microseconds. Imports nothing.
 *
 * @module
 */
export { Alarm } from "./alarm.ts";
export type { Cancel, Clock, Timer } from "./clock.ts";
export type { ScaledClock } from "./scaled_clock.ts";
export { scaledClock } from "./scaled_clock.ts";
export { SystemClock } from "./system_clock.ts";
export { VirtualClock } from "./virtual_clock.ts";
export type { Random } from "./random.ts";
export { seededRandom, systemRandom } from "./random.ts";
export { deadline } from "./deadline.ts";
