import assert from "node:assert/strict";
import { standing } from "../../../src/station/smart/standing.ts";
import { DAY, HOUR, MONDAY, on, profile } from "./builders.ts";

/** The limit at a moment and how long it holds in hours, of a transaction that started at `startedAt`. */
function at(installed: Parameters<typeof standing>[0], ms: number, startedAt = MONDAY) {
  const { bound, until } = standing(installed, ms, startedAt);
  assert(until > ms, "what is said holds for a while");
  return [bound?.limit ?? null, (until - ms) / HOUR];
}

Deno.test("1.6 §7.9, §7.13: an absolute schedule counts from its start, and after it from period to period", () => {
  const installed = on(1, profile([[0, 1000], [3600, 2000]]));
  assert.deepEqual(at(installed, MONDAY - HOUR), [null, 1]);
  assert.deepEqual(at(installed, MONDAY), [1000, 1]);
  assert.deepEqual(at(installed, MONDAY + HOUR), [2000, Infinity]);
});

Deno.test("1.6 §7.13: after its duration a schedule says nothing", () => {
  const installed = on(1, profile([[0, 1000]], {}, { duration: 7200 }));
  assert.deepEqual(at(installed, MONDAY + HOUR), [1000, 1]);
  assert.deepEqual(at(installed, MONDAY + 2 * HOUR), [null, Infinity]);
});

Deno.test("1.6 §7.8: a profile is valid from validFrom until before validTo", () => {
  const valid = { validFrom: MONDAY + HOUR, validTo: MONDAY + 3 * HOUR };
  const installed = on(1, profile([[0, 1000]], valid));
  assert.deepEqual(at(installed, MONDAY), [null, 1]);
  assert.deepEqual(at(installed, MONDAY + HOUR), [1000, 2]);
  assert.deepEqual(at(installed, MONDAY + 3 * HOUR), [null, Infinity]);
});

Deno.test("1.6 §7.9: a daily schedule begins anew each day, across midnight and for years", () => {
  const start = MONDAY + 22 * HOUR;
  const steps = [[0, 1000], [4 * 3600, 2000]] as const;
  const daily = { kind: "Recurring", recurrency: "Daily" } as const;
  const installed = on(1, profile(steps, daily, { startSchedule: start, duration: 8 * 3600 }));
  assert.deepEqual(at(installed, start - HOUR), [null, 1]);
  assert.deepEqual(at(installed, start + HOUR), [1000, 3]);
  assert.deepEqual(at(installed, start + 5 * HOUR), [2000, 3]);
  assert.deepEqual(at(installed, start + 8 * HOUR), [null, 16]);
  assert.deepEqual(at(installed, start + 1000 * DAY + HOUR), [1000, 3]);
});

Deno.test("a weekly schedule begins anew each week, and without a duration lasts until then", () => {
  const weekly = { kind: "Recurring", recurrency: "Weekly" } as const;
  const installed = on(1, profile([[0, 1000], [5 * 86_400, 2000]], weekly));
  assert.deepEqual(at(installed, MONDAY + 4 * DAY), [1000, 24]);
  assert.deepEqual(at(installed, MONDAY + 6 * DAY), [2000, 24]);
  assert.deepEqual(at(installed, MONDAY + 7 * DAY), [1000, 120]);
});

Deno.test("a day that is longer than the recurrence is cut by the next", () => {
  const daily = { kind: "Recurring", recurrency: "Daily" } as const;
  const installed = on(1, profile([[0, 1], [90_000, 2]], daily, { duration: 100_000 }));
  assert.deepEqual(at(installed, MONDAY + 23 * HOUR), [1, 1]);
  assert.deepEqual(at(installed, MONDAY + 26 * HOUR), [1, 22]);
});

Deno.test("1.6 §7.9: a relative schedule begins with the transaction, whatever its start says", () => {
  const relative = profile([[0, 1000], [3600, 0]], { kind: "Relative" });
  const startedAt = MONDAY + 5 * HOUR;
  assert.deepEqual(at(on(1, relative), startedAt, startedAt), [1000, 1]);
  assert.deepEqual(at(on(1, relative), startedAt + HOUR, startedAt), [0, Infinity]);
});

Deno.test("1.6 §7.13: an absolute schedule without a start begins with the transaction", () => {
  const floating = profile([[0, 1000], [3600, 0]], {}, { startSchedule: null });
  const startedAt = MONDAY + 5 * HOUR;
  assert.deepEqual(at(on(1, floating), startedAt + HOUR, startedAt), [0, Infinity]);
});

Deno.test("a limit of the station that names no start begins when it was installed", () => {
  const purpose = "ChargingStationMaxProfile";
  const floating = profile([[0, 1000], [3600, 0]], { purpose }, { startSchedule: null });
  const installed = on(0, floating, MONDAY + HOUR);
  assert.deepEqual(at(installed, MONDAY + HOUR, MONDAY), [1000, 1]);
  assert.deepEqual(at(installed, MONDAY + 2 * HOUR, MONDAY), [0, Infinity]);
});
