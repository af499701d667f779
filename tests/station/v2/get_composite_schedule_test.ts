import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { Profiles } from "../../../src/station/smart/profiles.ts";
import { getCompositeSchedule } from "../../../src/station/v2/get_composite_schedule.ts";
import { LIMITS, MONDAY, profile } from "../smart/builders.ts";
import { connectorFacts, fakeCharger, transactionFacts } from "../v16/fake_charger.ts";
import { oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf, settings } from "./support.ts";

const REQUEST = { evseId: 1, duration: 3600 };

/** A transaction runs on EVSE 1, which may take 16 A for half an hour and 8 A from then on. */
function station(given: Parameters<typeof settings>[0] = {}) {
  const profiles = new Profiles();
  const transaction = transactionFacts({ startedAt: MONDAY });
  const facts = { at: MONDAY, limits: LIMITS, transaction };
  profiles.install(1, profile([[0, 16], [1800, 8]], {}, { unit: "A" }), facts);
  const connectors = [connectorFacts({ transaction }), connectorFacts({ id: 2 })];
  return fakeCharger({
    profiles,
    settings: settings(given),
    connectors: () => connectors,
    now: () => MONDAY + 500,
  });
}

async function ask(rest: Partial<v21.GetCompositeScheduleRequest>, asked = station()) {
  const request = { ...REQUEST, ...rest };
  const { payload } = await obey("GetCompositeSchedule", getCompositeSchedule, asked, request);
  return payload;
}

Deno.test("K08: the schedule of an EVSE starts with the current second", async () => {
  const { status, schedule } = await ask({});
  assert.equal(status, "Accepted");
  assert.equal(schedule?.evseId, 1);
  assert.equal(schedule.duration, 3600);
  assert.equal(schedule.scheduleStart, "2026-01-05T00:00:00.000Z");
  assert.equal(schedule.chargingRateUnit, "A");
  assert.deepEqual(
    schedule.chargingSchedulePeriod.map(({ startPeriod, limit }) => [startPeriod, limit]),
    [[0, 16], [1800, 8]],
  );
});

Deno.test("K08: EVSE 0 is the whole station", async () => {
  assert.equal((await ask({ evseId: 0 })).schedule?.evseId, 0);
});

Deno.test("K08: the unit is the one that is asked for", async () => {
  const { schedule } = await ask({ chargingRateUnit: "W" });
  assert.equal(schedule?.chargingRateUnit, "W");
  assert.equal(schedule.chargingSchedulePeriod[0]?.limit, 11_040);
});

Deno.test("K08: an EVSE or a unit that the station does not have is Rejected", async () => {
  const rest = { chargingRateUnit: "W" } as const;
  const inAmperes = station({ chargingScheduleAllowedChargingRateUnit: ["A"] });
  assert.equal(reasonOf(await ask(rest, inAmperes)), "UnsupportedRateUnit");
  assert.equal(reasonOf(await ask({ evseId: 9 })), "UnknownEvse");
  assert.equal(reasonOf(await ask({ duration: 0 })), "InvalidValue");
});

Deno.test("K08: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ ...REQUEST, chargingRateUnit: "A" })) {
    await obeyAnything("GetCompositeSchedule", getCompositeSchedule, station(), odd);
  }
});
