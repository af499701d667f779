import assert from "node:assert/strict";
import { loadVersion } from "../../../src/ocpp/mod.ts";
import { getCompositeSchedule } from "../../../src/station/v16/get_composite_schedule.ts";
import { setChargingProfile } from "../../../src/station/v16/set_charging_profile.ts";
import { profile16, SmartCharger } from "./smart_charger.ts";

async function limited(): Promise<SmartCharger> {
  const station = new SmartCharger();
  const csChargingProfiles = profile16({
    chargingSchedule: {
      startSchedule: "2026-01-05T00:00:00Z",
      chargingRateUnit: "A",
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 10 },
        { startPeriod: 60, limit: 6.5, numberPhases: 1 },
      ],
    },
  });
  await station.call(setChargingProfile, { connectorId: 1, csChargingProfiles });
  return station;
}

Deno.test("§5.7, §6.22: the schedule of a connector starts with the current second", async () => {
  const station = await limited();
  const request = { connectorId: 1, duration: 300, chargingRateUnit: "A" };
  const answer = await station.call(getCompositeSchedule, request);
  assert.deepEqual(answer, {
    status: "Accepted",
    connectorId: 1,
    scheduleStart: "2026-01-05T00:00:00.000Z",
    chargingSchedule: {
      duration: 300,
      startSchedule: "2026-01-05T00:00:00.000Z",
      chargingRateUnit: "A",
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 10, numberPhases: 3 },
        { startPeriod: 60, limit: 6.5, numberPhases: 1 },
      ],
    },
  });
  const { actions } = await loadVersion("1.6");
  assert.deepEqual(actions.get("GetCompositeSchedule")!.response(answer), []);
});

Deno.test("§5.7: connector 0 reports what the station will take in all", async () => {
  const request = { connectorId: 0, duration: 60, chargingRateUnit: "A" };
  const answer = await (await limited()).call(getCompositeSchedule, request);
  assert.deepEqual(answer.chargingSchedule, {
    duration: 60,
    startSchedule: "2026-01-05T00:00:00.000Z",
    chargingRateUnit: "A",
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 42, numberPhases: 3 }],
  });
});

Deno.test("§6.21: without a unit it is the first that the station takes", async () => {
  const station = new SmartCharger();
  station.changed.chargingScheduleAllowedChargingRateUnit = ["W", "A"];
  const answer = await station.call(getCompositeSchedule, { connectorId: 1, duration: 60 });
  assert.match(JSON.stringify(answer), /"chargingRateUnit":"W".*"limit":22000/);
});

const REJECTED: Record<string, [request: object, why: RegExp]> = {
  "§5.7: an unknown connector is rejected": [
    { connectorId: 3, duration: 60 },
    /there is no such connector$/,
  ],
  "§5.7: a unit that the station does not take is rejected": [
    { connectorId: 1, duration: 60, chargingRateUnit: "W" },
    /ChargingScheduleAllowedChargingRateUnit leaves its unit out$/,
  ],
  "a schedule of no length is rejected": [
    { connectorId: 1, duration: 0 },
    /its duration is 0 s, which must be above 0$/,
  ],
};

for (const [name, [request, why]] of Object.entries(REJECTED)) {
  Deno.test(name, async () => {
    const station = new SmartCharger();
    station.changed.chargingScheduleAllowedChargingRateUnit = ["A"];
    assert.deepEqual(await station.call(getCompositeSchedule, request), { status: "Rejected" });
    assert.match(station.warning, why);
  });
}
