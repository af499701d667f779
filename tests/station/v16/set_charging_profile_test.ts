import assert from "node:assert/strict";
import type { v16 } from "../../../src/ocpp/mod.ts";
import { setChargingProfile } from "../../../src/station/v16/set_charging_profile.ts";
import { profile16, SmartCharger } from "./smart_charger.ts";

async function set(
  station: SmartCharger,
  connectorId: number,
  rest: Partial<v16.ChargingProfile> = {},
): Promise<unknown> {
  const request = { connectorId, csChargingProfiles: profile16(rest) };
  return (await station.call(setChargingProfile, request)).status;
}

Deno.test("§5.16: a profile is accepted, and the station reckons anew after its answer", async () => {
  const station = new SmartCharger();
  assert.equal(await set(station, 1), "Accepted");
  assert.equal(station.profiles.installed.length, 1);
  assert.equal(station.reckoned, 1);
});

Deno.test("§5.16: a profile for a connector that does not exist is rejected", async () => {
  const station = new SmartCharger();
  assert.equal(await set(station, 3), "Rejected");
  assert.equal(station.warning, "SetChargingProfile is rejected: there is no such connector");
});

Deno.test("§5.16.3: a TxProfile is for the transaction that runs on the connector", async () => {
  const chargingProfilePurpose = "TxProfile";
  const station = new SmartCharger();
  assert.equal(await set(station, 2, { chargingProfilePurpose, transactionId: 102 }), "Accepted");
  assert.equal(
    await set(new SmartCharger(), 2, { chargingProfilePurpose, transactionId: 7 }),
    "Rejected",
  );
  assert.equal(await set(new SmartCharger(), 1, { chargingProfilePurpose }), "Rejected");
  assert.equal(await set(new SmartCharger(), 0, { chargingProfilePurpose }), "Rejected");
});

Deno.test("§3.13.1: a ChargePointMaxProfile is for connector 0 only", async () => {
  const chargingProfilePurpose = "ChargePointMaxProfile";
  assert.equal(await set(new SmartCharger(), 0, { chargingProfilePurpose }), "Accepted");
  const station = new SmartCharger();
  assert.equal(await set(station, 1, { chargingProfilePurpose }), "Rejected");
  assert.equal(
    station.warning,
    "SetChargingProfile is rejected: Cannot install charging profile 1 on connector 1: " +
      "it limits the whole station, which is connector 0",
  );
  assert.equal(station.reckoned, 0);
});

Deno.test("§9.4: what the configuration does not allow is rejected", async () => {
  const station = () => {
    const made = new SmartCharger();
    Object.assign(made.changed, {
      chargeProfileMaxStackLevel: 2,
      chargingScheduleMaxPeriods: 1,
      chargingScheduleAllowedChargingRateUnit: ["A"],
    });
    return made;
  };
  assert.equal(await set(station(), 1, { stackLevel: 2 }), "Accepted");
  assert.equal(await set(station(), 1, { stackLevel: 3 }), "Rejected");
  const { chargingSchedule } = profile16();
  const inWatts = { ...chargingSchedule, chargingRateUnit: "W" } as const;
  assert.equal(await set(station(), 1, { chargingSchedule: inWatts }), "Rejected");
  const chargingSchedulePeriod = [0, 60].map((startPeriod) => ({ startPeriod, limit: 1 }));
  const long = { ...chargingSchedule, chargingSchedulePeriod };
  assert.equal(await set(station(), 1, { chargingSchedule: long }), "Rejected");
});

Deno.test("§7.11: a station without the SmartCharging feature does not support it", async () => {
  const station = new SmartCharger();
  station.changed.supportedFeatureProfiles = ["Core"];
  assert.equal(await set(station, 1), "NotSupported");
  assert.match(station.warning, /SupportedFeatureProfiles/);
});
