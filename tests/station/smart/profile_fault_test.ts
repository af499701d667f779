import assert from "node:assert/strict";
import { profileFault } from "../../../src/station/smart/profile_fault.ts";
import type { ChargingProfile, ChargingSchedule } from "../../../src/station/smart/profile.ts";
import { DAY, LIMITS, MONDAY, profile, type Steps } from "./builders.ts";

const ONE: Steps = [[0, 5000]];

function fault(
  rest: Partial<ChargingProfile>,
  ofSchedule: Partial<ChargingSchedule> = {},
  steps = ONE,
): string | null {
  return profileFault(profile(steps, rest, ofSchedule), LIMITS, MONDAY);
}

Deno.test("a profile within the limits of the station has no fault", () => {
  assert.equal(fault({ stackLevel: 10 }), null);
  assert.equal(fault({ kind: "Recurring", recurrency: "Weekly" }, { duration: 60 }), null);
  assert.equal(fault({ kind: "Relative" }, { startSchedule: null }), null);
  assert.equal(fault({ validFrom: MONDAY + 1, validTo: MONDAY + 2 }), null);
});

const WRONG: Record<string, [() => string | null, RegExp]> = {
  "1.6 §9.4.1: the stack level is at most ChargeProfileMaxStackLevel": [
    () => fault({ stackLevel: 11 }),
    /stack level 11, which must be from 0 to 10/,
  ],
  "1.6 §7.8: the stack level is not negative": [() => fault({ stackLevel: -1 }), /stack level -1/],
  "a profile that is over has nothing to say": [() => fault({ validTo: MONDAY }), /has passed/],
  "validTo comes after validFrom": [
    () => fault({ validFrom: MONDAY + DAY, validTo: MONDAY + DAY }),
    /ends to be valid before it begins/,
  ],
  "1.6 §7.8: a recurring profile says how often": [
    () => fault({ kind: "Recurring" }),
    /daily or weekly/,
  ],
  "1.6 §7.9, 2.x K01.FR.40: a recurring profile has a start": [
    () => fault({ kind: "Recurring", recurrency: "Daily" }, { startSchedule: null }),
    /its schedule has no start/,
  ],
  "1.6 §9.4.2: the unit is one of ChargingScheduleAllowedChargingRateUnit": [
    () => profileFault(profile(ONE), { ...LIMITS, units: ["A"] }, MONDAY),
    /is in W, but the station takes only A$/,
  ],
  "1.6 §9.4.3: a schedule has at most ChargingScheduleMaxPeriods periods": [
    () => fault({}, {}, Array.from({ length: 25 }, (_, n) => [n, 1] as const)),
    /25 periods in a schedule, which takes at most 24/,
  ],
  "1.6 §7.14, 2.x K01.FR.31: the first period starts at 0": [
    () => fault({}, {}, [[60, 1]]),
    /starts at 60 s/,
  ],
  "2.x K01.FR.35: periods ascend": [
    () => fault({}, {}, [[0, 1], [60, 2], [60, 3]]),
    /starts at 60 s after one that starts at 60 s/,
  ],
  "there is at least one period": [() => fault({}, {}, []), /without periods/],
  "there is a schedule": [() => fault({ schedules: [] }), /has no schedule/],
  "a limit is not negative": [() => fault({}, {}, [[0, -1]]), /limit -1 W/],
  "a lenient station finds a limit that is no number": [
    () => fault({}, {}, [[0, NaN]]),
    /limit NaN W/,
  ],
  "phases are from 1 to 3": [() => fault({}, {}, [[0, 1, 4]]), /asks for 4 phases/],
  "a duration is above 0": [() => fault({}, { duration: 0 }), /lasts 0 s/],
  "the lowest rate is not negative": [
    () => fault({}, { minChargingRate: -1 }),
    /lowest rate -1/,
  ],
};

for (const [name, [find, expected]] of Object.entries(WRONG)) {
  Deno.test(name, () => assert.match(find() ?? "no fault", expected));
}
