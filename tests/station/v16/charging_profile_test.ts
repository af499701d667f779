import assert from "node:assert/strict";
import type { v16 } from "../../../src/ocpp/mod.ts";
import { CallRefused } from "../../../src/station/dialect.ts";
import {
  readProfile16,
  readPurpose16,
  writeSchedule16,
} from "../../../src/station/v16/charging_profile.ts";
import { MONDAY } from "../smart/builders.ts";
import { profile16 } from "./smart_charger.ts";

Deno.test("§7.8: every field of a profile is read", () => {
  const profile = readProfile16({
    chargingProfileId: 3,
    transactionId: 12,
    stackLevel: 4,
    chargingProfilePurpose: "TxProfile",
    chargingProfileKind: "Recurring",
    recurrencyKind: "Weekly",
    validFrom: "2026-01-05T01:00:00+01:00",
    validTo: "2026-01-05T00:00:01.5Z",
    chargingSchedule: {
      duration: 60,
      startSchedule: "2026-01-05T00:00:00Z",
      chargingRateUnit: "W",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 0.5, numberPhases: 1 }],
      minChargingRate: 6,
    },
  });
  assert.deepEqual(profile, {
    id: 3,
    stackLevel: 4,
    purpose: "TxProfile",
    kind: "Recurring",
    recurrency: "Weekly",
    validFrom: MONDAY,
    validTo: MONDAY + 1500,
    transactionId: 12,
    schedules: [{
      id: null,
      duration: 60,
      startSchedule: MONDAY,
      unit: "W",
      minChargingRate: 6,
      periods: [{ startPeriod: 0, limit: 0.5, numberPhases: 1, phaseToUse: null }],
    }],
  });
});

Deno.test("§7.13: a schedule that is read is written as it was", () => {
  const { chargingSchedule } = profile16();
  const [schedule] = readProfile16(profile16()).schedules;
  assert.deepEqual(writeSchedule16(schedule!), {
    ...chargingSchedule,
    startSchedule: "2026-01-05T00:00:00.000Z",
  });
  const bare: v16.ChargingSchedule = {
    chargingRateUnit: "W",
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 1, numberPhases: 3 }],
    duration: 10,
    minChargingRate: 0,
  };
  assert.deepEqual(
    writeSchedule16(readProfile16(profile16({ chargingSchedule: bare })).schedules[0]!),
    bare,
  );
});

Deno.test("a lenient station refuses a time and a purpose that are none, with the reason", () => {
  assert.throws(
    () => readProfile16(profile16({ validTo: "soon" })),
    new CallRefused("PropertyConstraintViolation", 'Cannot read validTo: "soon" is no time'),
  );
  assert.throws(
    () => readPurpose16("toString" as v16.ChargingProfilePurposeType),
    new CallRefused("PropertyConstraintViolation", 'There is no purpose "toString"'),
  );
});
