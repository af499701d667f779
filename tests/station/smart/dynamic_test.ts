import assert from "node:assert/strict";
import { limitAt } from "../../../src/station/smart/limit_at.ts";
import type { ChargingProfile } from "../../../src/station/smart/profile.ts";
import { Profiles } from "../../../src/station/smart/profiles.ts";
import { connector, LIMITS, MONDAY, profile, transaction } from "./builders.ts";

const CHARGING = connector(1, { transaction: transaction(1, MONDAY - 1000) });

function setUp(...given: readonly ChargingProfile[]) {
  const profiles = new Profiles();
  const facts = { at: MONDAY, limits: LIMITS, transaction: transaction(1) };
  for (const one of given) assert.equal(profiles.install(1, one, facts), null);
  const watts = (at = MONDAY) =>
    limitAt(profiles.installed, CHARGING, { at, charging: 1, phases: null }).watts;
  return { profiles, watts, facts };
}

Deno.test("K28: a Dynamic profile holds its last limit, for as long as that lasts", () => {
  const dynamic = profile([[0, 9000]], { kind: "Dynamic" }, { startSchedule: null, duration: 60 });
  const { profiles, watts } = setUp(dynamic);
  assert.equal(watts(), 9000);
  assert.equal(watts(MONDAY + 60_000), null);
  assert(profiles.update(1, { limit: 5000 }, MONDAY + 50_000));
  assert.equal(watts(MONDAY + 60_000), 5000);
  assert.equal(watts(MONDAY + 110_000), null);
});

Deno.test("K28: only a Dynamic profile is updated, and it has one period", () => {
  const { profiles, facts } = setUp(profile([[0, 9000]]));
  assert(!profiles.update(1, { limit: 1 }, MONDAY));
  const two = profile([[0, 1], [60, 2]], { id: 2, kind: "Dynamic" });
  assert.match(profiles.install(1, two, facts) ?? "", /more than one schedule or period/);
});

Deno.test("K21: priority overrules the profiles of transactions, but not the limits of the station", () => {
  const { profiles, watts, facts } = setUp(
    profile([[0, 4000]], { id: 1 }),
    profile([[0, 3000]], { id: 2, purpose: "TxProfile" }),
    profile([[0, 9000]], { id: 3, purpose: "PriorityCharging" }),
  );
  assert.equal(watts(), 3000);
  assert(profiles.prioritize(1, true));
  assert.equal(watts(), 9000);
  const most = profile([[0, 7000]], { id: 4, purpose: "ChargingStationMaxProfile" });
  assert.equal(profiles.install(0, most, facts), null);
  assert.equal(watts(), 7000);
  assert(profiles.prioritize(1, false));
  assert.equal(watts(), 3000);
  assert(!profiles.prioritize(2, true), "there is no profile for it");
});

Deno.test("K21: priority ends with its transaction", () => {
  const { profiles, watts } = setUp(profile([[0, 9000]], { purpose: "PriorityCharging" }));
  profiles.prioritize(1, true);
  profiles.transactionEnded(1);
  assert.equal(watts(), null);
});
