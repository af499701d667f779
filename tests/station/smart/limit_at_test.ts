import assert from "node:assert/strict";
import { limitAt, type LimitFacts } from "../../../src/station/smart/limit_at.ts";
import type { ConnectorFacts } from "../../../src/station/charger.ts";
import type { InstalledProfile } from "../../../src/station/smart/profile.ts";
import { connector, HOUR, MONDAY, on, profile, transaction } from "./builders.ts";

const MAX = { purpose: "ChargingStationMaxProfile" } as const;
const AMPERES = { unit: "A" } as const;

/** On connector 1, whose transaction started at Monday's midnight. */
function limit(
  profiles: readonly InstalledProfile[],
  facts: Partial<LimitFacts> = {},
  rest: Partial<ConnectorFacts> = {},
) {
  const busy = connector(1, { transaction: transaction(1), ...rest });
  return limitAt(profiles, busy, { at: MONDAY, charging: 1, phases: null, ...facts });
}

/** What says nothing of phases and modes. */
const PLAIN = { phases: null, mode: null };

Deno.test("without profiles nothing is limited, and nothing is made", () => {
  assert.deepEqual(limit([]), { ...PLAIN, watts: null, nextChangeAt: null });
  assert.equal(limit([]), limit([]));
});

Deno.test("a limit says until when it holds", () => {
  const profiles = [on(1, profile([[0, 4000], [3600, 9000]]))];
  assert.deepEqual(limit(profiles), { ...PLAIN, watts: 4000, nextChangeAt: MONDAY + HOUR });
  assert.deepEqual(limit(profiles, { at: MONDAY + HOUR }), {
    ...PLAIN,
    watts: 9000,
    nextChangeAt: null,
  });
});

Deno.test("a profile that is yet to come does not limit, but is announced", () => {
  const profiles = [on(1, profile([[0, 4000]], {}, { startSchedule: MONDAY + HOUR }))];
  assert.deepEqual(limit(profiles), { ...PLAIN, watts: null, nextChangeAt: MONDAY + HOUR });
});

Deno.test("profiles of other connectors have no say", () => {
  assert.equal(limit([on(2, profile([[0, 4000]]))]).watts, null);
});

Deno.test("1.6 §3.13.1: those who charge share the limit of the station in equal parts", () => {
  const profiles = [on(0, profile([[0, 12_000]], MAX)), on(0, profile([[0, 10_000]]))];
  const shares = [0, 1, 2, 4].map((charging) => limit(profiles, { charging }).watts);
  assert.deepEqual(shares, [10_000, 10_000, 6000, 3000]);
});

Deno.test("1.6 §3.13.1: amperes of the station are shared phase by phase", () => {
  const profiles = [on(0, profile([[0, 32]], MAX, AMPERES))];
  assert.equal(limit(profiles, { charging: 2 }).watts, 16 * 690);
  assert.equal(limit(profiles, { charging: 2, phases: 1 }).watts, 16 * 230);
});

Deno.test("a car on one phase gets the amperes of one phase", () => {
  const profiles = [on(1, profile([[0, 16]], {}, AMPERES))];
  assert.equal(limit(profiles).watts, 11_040);
  assert.equal(limit(profiles, { phases: 1 }).watts, 3680);
  assert.equal(limit([on(1, profile([[0, 11_000]]))], { phases: 1 }).watts, 22_000 / 3);
});

Deno.test("1.6 §7.13: with less than the car's minChargingRate nothing flows", () => {
  const needs = { ...AMPERES, minChargingRate: 6 };
  const profiles = (amperes: number) => [
    on(1, profile([[0, 16]], {}, needs)),
    on(0, profile([[0, amperes]], MAX, AMPERES)),
  ];
  assert.equal(limit(profiles(6)).watts, 6 * 690);
  assert.equal(limit(profiles(5.9)).watts, 0);
  assert.equal(limit(profiles(12), { charging: 2 }).watts, 6 * 690);
  assert.equal(limit(profiles(12), { charging: 3 }).watts, 0);
});

Deno.test("a minChargingRate of the whole station is no car's", () => {
  const profiles = [on(0, profile([[0, 10]], MAX, { ...AMPERES, minChargingRate: 20 }))];
  assert.equal(limit(profiles).watts, 6900);
});

Deno.test("the hardware is never asked for more than it has", () => {
  assert.equal(limit([on(1, profile([[0, 90_000]]))]).watts, 22_000);
});

Deno.test("1.6 §7.9: a relative profile counts from the start of the transaction", () => {
  const profiles = [on(1, profile([[0, 4000], [3600, 9000]], { kind: "Relative" }))];
  assert.equal(limit(profiles, { at: MONDAY + HOUR }).watts, 9000);
  assert.equal(limit(profiles, { at: MONDAY + HOUR }, { transaction: null }).watts, 4000);
});

Deno.test("K01: one phase of a car with three gets all its amperes, and is named", () => {
  const one = limit([on(1, profile([[0, 16, 1]], {}, AMPERES))], { phases: 3 });
  assert.deepEqual(one, { ...PLAIN, watts: 16 * 230, phases: 1, nextChangeAt: null });
  const small = limit([on(1, profile([[0, 16, 1]], {}, AMPERES))], { phases: 1 });
  assert.deepEqual(small, { ...PLAIN, watts: 16 * 230, nextChangeAt: null });
});
