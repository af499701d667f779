import type { NetworkRecord } from "./network_record.ts";
import type { NetworkProfile } from "./profile.ts";

/** A way to a CSMS: what a slot holds, or with `null` what the station was configured with. Plain JSON. */
export interface Route {
  readonly slot: number;
  readonly profile: NetworkProfile | null;
}

/** The slot of what the station was configured with, until a CSMS puts something else there. */
export const CONFIGURED_SLOT = 1;

/**
 * What is tried after a boot, in this order: the slots of NetworkConfigurationPriority that hold something,
 * then the route that worked last, if it is another (B10.FR.04, FR.07). Each is a new object. `null`: what
 * was configured, and nothing else.
 */
export function routesOf(
  { slots, good }: NetworkRecord,
  priority: readonly string[],
): readonly Route[] | null {
  const isUntouched = Object.keys(slots).length === 0 && good === null &&
    priority.every((slot) => Number(slot) === CONFIGURED_SLOT);
  if (isUntouched) return null;
  const routes = priority.flatMap((slot) => routeOf(slots, Number(slot)) ?? []);
  const last = good ?? { slot: CONFIGURED_SLOT, profile: null };
  const isNew = routes.every((route) => !isSameRoute(route, last));
  return isNew ? [...routes, { ...last }] : routes;
}

/** What a slot holds; `null`: nothing. */
export function routeOf(slots: NetworkRecord["slots"], slot: number): Route | null {
  const profile = slots[slot] ?? null;
  return profile === null && slot !== CONFIGURED_SLOT ? null : { slot, profile };
}

/** Whether two routes lead the same way. */
export function isSameRoute(one: Route, other: Route): boolean {
  return one.slot === other.slot && JSON.stringify(one.profile) === JSON.stringify(other.profile);
}

/**
 * Which of so many routes the next dial takes: each gets its attempts, then the next, round and round
 * (B10.FR.03).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const dials = [0, 1, 2, 3, 4].map((failures) => turnOf({ first: 1, failures, attempts: 2, routes: 2 }));
 * assert.deepEqual(dials, [1, 1, 0, 0, 1]);
 * ```
 */
export function turnOf(
  { first, failures, attempts, routes }: {
    readonly first: number;
    /** Failed dials in a row. */
    readonly failures: number;
    readonly attempts: number;
    readonly routes: number;
  },
): number {
  return (first + Math.floor(failures / attempts)) % routes;
}
