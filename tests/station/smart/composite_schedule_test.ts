import assert from "node:assert/strict";
import {
  type CompositeQuestion,
  compositeSchedule,
} from "../../../src/station/smart/composite_schedule.ts";
import type { ConnectorFacts } from "../../../src/station/charger.ts";
import type { InstalledProfile } from "../../../src/station/smart/profile.ts";
import { connector, DAY, HOUR, MONDAY, on, profile, transaction } from "./builders.ts";

const TWO = [connector(1), connector(2)];
const MAX = { purpose: "ChargingStationMaxProfile" } as const;
const TX = { purpose: "TxProfile" } as const;
const DAILY = { kind: "Recurring", recurrency: "Daily" } as const;
const AMPERES = { unit: "A" } as const;

/** `[startPeriod in s, limit, phases]` of four hours from Monday's midnight on connector 1 in watts. */
function composite(
  profiles: readonly InstalledProfile[],
  question: Partial<CompositeQuestion> = {},
  connectors: readonly ConnectorFacts[] = TWO,
): (number | null)[][] {
  const whole = {
    connectorId: 1,
    from: MONDAY,
    duration: 4 * 3600,
    unit: "W",
    ...question,
  } as const;
  const schedule = compositeSchedule(profiles, connectors, whole);
  assert.equal(schedule.startSchedule, whole.from);
  assert.equal(schedule.unit, whole.unit);
  return schedule.periods.map((at) => [at.startPeriod, at.limit, at.numberPhases]);
}

Deno.test("1.6 §5.7: without profiles it is what the hardware gives", () => {
  assert.deepEqual(composite([]), [[0, 22_000, 3]]);
  assert.deepEqual(composite([], AMPERES), [[0, 32, 3]]);
  assert.deepEqual(composite([], { connectorId: 0 }), [[0, 44_000, 3]]);
  assert.deepEqual(composite([], { connectorId: 0, unit: "A" }), [[0, 64, 3]]);
});

Deno.test("1.6 §3.13.2: the highest stack level leads, and after its duration a lower one does", () => {
  const profiles = [
    on(1, profile([[0, 3000]])),
    on(1, profile([[0, 9000]], { stackLevel: 2 }, { duration: 3600 })),
    on(1, profile([[0, 5000]], { stackLevel: 1, validFrom: MONDAY + 2 * HOUR })),
  ];
  const expected = [[0, 9000, 3], [3600, 3000, 3], [7200, 5000, 3]];
  assert.deepEqual(composite(profiles), expected);
  assert.deepEqual(composite(profiles.toReversed()), expected);
});

Deno.test("1.6 §3.13.1: TxProfile overrules TxDefaultProfile for as long as it says something", () => {
  const profiles = [
    on(1, profile([[0, 3000]], { stackLevel: 9 })),
    on(1, profile([[0, 9000]], TX, { duration: 3600 })),
  ];
  assert.deepEqual(composite(profiles), [[0, 9000, 3], [3600, 3000, 3]]);
});

Deno.test("1.6 §3.13.1: a connector's TxDefaultProfile takes the place of every connector's", () => {
  const profiles = [on(0, profile([[0, 3000]])), on(1, profile([[0, 9000]]))];
  for (const installed of [profiles, profiles.toReversed()]) {
    assert.deepEqual(composite(installed), [[0, 9000, 3]]);
    assert.deepEqual(composite(installed, { connectorId: 2 }), [[0, 3000, 3]]);
  }
});

Deno.test("1.6 §3.13.3: of the purposes the lowest limit holds at each moment", () => {
  const profiles = [
    on(1, profile([[0, 3000], [3600, 9000]])),
    on(0, profile([[0, 6000]], MAX)),
    on(0, profile([[0, 8000], [7200, 0]], { purpose: "ChargingStationExternalConstraints" })),
  ];
  assert.deepEqual(composite(profiles), [[0, 3000, 3], [3600, 6000, 3], [7200, 0, 3]]);
});

Deno.test("1.6 §5.7: connector 0 is the sum of the connectors within the limit of the station", () => {
  const profiles = [
    on(0, profile([[0, 10]], {}, AMPERES)),
    on(0, profile([[0, 32], [3600, 16]], MAX, AMPERES)),
  ];
  assert.deepEqual(composite(profiles, { connectorId: 0, unit: "A" }), [[0, 20, 3], [3600, 16, 3]]);
  const watts = [[0, 13_800, 3], [3600, 11_040, 3]];
  assert.deepEqual(composite(profiles, { connectorId: 0 }), watts);
});

Deno.test("1.6 §7.12: amperes are those of one phase at 230 V, on the phases that are named", () => {
  const three = [on(1, profile([[0, 16]], {}, AMPERES))];
  assert.deepEqual(composite(three), [[0, 11_040, 3]]);
  assert.deepEqual(composite(three, AMPERES), [[0, 16, 3]]);
  const one = [on(1, profile([[0, 16, 1]], {}, AMPERES))];
  assert.deepEqual(composite(one), [[0, 3680, 1]]);
  assert.deepEqual(composite(one, AMPERES), [[0, 16, 1]]);
  const mixed = [...three, on(0, profile([[0, 1840, 1]], MAX))];
  assert.deepEqual(composite(mixed, AMPERES), [[0, 8, 1]]);
});

Deno.test("a connector of 7.4 kW has one phase", () => {
  const single = [connector(1, { maxPower: 7400 })];
  const profiles = [on(1, profile([[0, 16]], {}, AMPERES))];
  assert.deepEqual(composite(profiles, {}, single), [[0, 3680, 1]]);
  assert.deepEqual(composite([], AMPERES, single), [[0, 32, 1]]);
});

Deno.test("DC: a connector's amperes are of 400 V, the station's of the grid", () => {
  const fast = [connector(1, { type: "cCCS2", maxPower: 50_000 })];
  const own = [on(1, profile([[0, 100]], {}, AMPERES))];
  assert.deepEqual(composite(own, {}, fast), [[0, 40_000, null]]);
  assert.deepEqual(composite(own, AMPERES, fast), [[0, 100, null]]);
  const grid = [on(0, profile([[0, 32]], MAX, AMPERES))];
  assert.deepEqual(composite(grid, {}, fast), [[0, 22_080, null]]);
  assert.deepEqual(composite(own, { connectorId: 0, unit: "A" }, fast), [[0, 57.9, 3]]);
});

Deno.test("1.6 §3.13.2: a nightly limit across midnight, day after day", () => {
  const start = MONDAY - DAY + 23 * HOUR;
  const night = profile([[0, 4000]], DAILY, { startSchedule: start, duration: 7 * 3600 });
  assert.deepEqual(composite([on(1, night)], { duration: 86_400 }), [
    [0, 4000, 3],
    [6 * 3600, 22_000, 3],
    [23 * 3600, 4000, 3],
  ]);
});

Deno.test("1.6 §7.9: a relative schedule runs from the start of the transaction, or from now", () => {
  const relative = [on(1, profile([[0, 4000], [7200, 9000]], { kind: "Relative" }))];
  assert.deepEqual(composite(relative), [[0, 4000, 3], [7200, 9000, 3]]);
  const busy = [connector(1, { transaction: transaction(1, MONDAY - HOUR) })];
  assert.deepEqual(composite(relative, {}, busy), [[0, 4000, 3], [3600, 9000, 3]]);
});

Deno.test("periods that are equal are one, and a change within a second waits for the next", () => {
  const steps = profile([[0, 4000], [60, 4000.04], [120, 5000]]);
  const late = profile([[0, 6000]], { stackLevel: 1 }, { startSchedule: MONDAY + 200_001 });
  assert.deepEqual(composite([on(1, steps), on(1, late)]), [
    [0, 4000, 3],
    [120, 5000, 3],
    [201, 6000, 3],
  ]);
});

Deno.test("limits have one decimal place and are never rounded up", () => {
  const profiles = [on(1, profile([[0, 7000]]))];
  assert.deepEqual(composite(profiles, AMPERES), [[0, 10.1, 3]]);
  for (const amperes of [0.1, 6.3, 10.7, 31.9]) {
    const exact = [on(1, profile([[0, amperes]], {}, AMPERES))];
    assert.deepEqual(composite(exact, AMPERES), [[0, amperes, 3]]);
  }
});

Deno.test("what takes more periods than a message holds ends early and says so", () => {
  const daily = profile([[0, 1000], [43_200, 2000]], DAILY);
  const question = { connectorId: 1, from: MONDAY, duration: 2 ** 31 - 1, unit: "W" } as const;
  const schedule = compositeSchedule([on(1, daily)], TWO, question);
  assert.equal(schedule.periods.length, 1024);
  assert.equal(schedule.duration, 512 * 86_400);
});

Deno.test("a connector that does not exist has no schedule", () => {
  assert.throws(
    () => composite([], { connectorId: 3 }),
    new RangeError("Cannot reckon a schedule: there is no connector 3"),
  );
});

Deno.test("68 years in which nothing ever changes do not take long", () => {
  const daily = profile([[0, 30_000], [43_200, 40_000]], DAILY);
  const question = { connectorId: 0, from: MONDAY, duration: 2 ** 31 - 1, unit: "W" } as const;
  const schedule = compositeSchedule([on(0, daily)], TWO, question);
  assert.equal(schedule.periods.length, 1);
  assert(schedule.duration! < 2 ** 31 - 1);
});
