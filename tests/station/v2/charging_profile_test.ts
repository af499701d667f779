import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { readProfile } from "../../../src/station/v2/charging_profile.ts";
import { profile2, schedule2 } from "./profiles.ts";
import { assertValid, VERSIONS } from "./support.ts";

/** Why a profile cannot be followed. A field that 2.0.1 does not have is checked against 2.1 only. */
function refused(rest: Partial<v21.ChargingProfileType>, isNew = true): string {
  const chargingProfile = profile2(rest);
  const request = { evseId: 1, chargingProfile };
  assertValid("SetChargingProfile", "request", request, isNew ? ["2.1"] : VERSIONS);
  const read = readProfile(chargingProfile);
  assert("why" in read, JSON.stringify(read));
  return `${read.reasonCode}: ${read.why}`;
}

function period(rest: Partial<v21.ChargingSchedulePeriodType>): Partial<v21.ChargingProfileType> {
  const chargingSchedulePeriod = [{ startPeriod: 0, limit: 10, ...rest }];
  return { chargingSchedule: [schedule2({ chargingSchedulePeriod })] };
}

Deno.test("ChargingProfileType: everything that is said is read", () => {
  const given = profile2({
    id: 5,
    stackLevel: 2,
    chargingProfilePurpose: "TxProfile",
    chargingProfileKind: "Recurring",
    recurrencyKind: "Weekly",
    validFrom: "2026-01-01T00:00:00Z",
    validTo: "2026-02-01T00:00:00Z",
    transactionId: "T1",
    chargingSchedule: [schedule2({
      id: 3,
      duration: 3600,
      chargingRateUnit: "W",
      minChargingRate: 6.5,
      chargingSchedulePeriod: [
        { startPeriod: 0, limit: 11_000, numberPhases: 1 },
        { startPeriod: 60, limit: 0 },
      ],
    })],
  });
  assertValid("SetChargingProfile", "request", { evseId: 1, chargingProfile: given });
  assert.deepEqual(readProfile(given), {
    profile: {
      id: 5,
      stackLevel: 2,
      purpose: "TxProfile",
      kind: "Recurring",
      recurrency: "Weekly",
      validFrom: Date.UTC(2026, 0, 1),
      validTo: Date.UTC(2026, 1, 1),
      transactionId: "T1",
      schedules: [{
        id: 3,
        duration: 3600,
        startSchedule: Date.UTC(2026, 0, 31),
        unit: "W",
        minChargingRate: 6.5,
        periods: [
          { startPeriod: 0, limit: 11_000, numberPhases: 1, phaseToUse: null },
          { startPeriod: 60, limit: 0, numberPhases: null, phaseToUse: null },
        ],
      }],
    },
  });
});

Deno.test("K01.FR.40, 41: a schedule has a start unless its profile is Relative", () => {
  const bare = [schedule2({ startSchedule: undefined })];
  assert.match(refused({ chargingSchedule: bare }, false), /^InvalidSchedule: .*has no start/);
  const relative = { chargingProfileKind: "Relative" } as const;
  assert.match(refused(relative, false), /^InvalidSchedule: .*has a start/);
  assert("profile" in readProfile(profile2({ ...relative, chargingSchedule: bare })));
});

Deno.test("K01.FR.38: the limit of the station is not Relative", () => {
  const rest = {
    chargingProfileKind: "Relative",
    chargingProfilePurpose: "ChargingStationMaxProfile",
  } as const;
  assert.match(refused(rest, false), /^InvalidProfile: .*relative/);
});

Deno.test("K01.FR.19: a phase to use is for one phase", () => {
  assert.match(refused(period({ phaseToUse: 2 }), false), /^InvalidSchedule: .*phase/);
  assert.match(refused(period({ phaseToUse: 2, numberPhases: 3 }), false), /must be 1/);
});

Deno.test("K01.FR.20: no EVSE here can be told which phase to use", () => {
  const why = refused(period({ phaseToUse: 2, numberPhases: 1 }), false);
  assert.match(why, /^UnsupportedParam: .*ACPhaseSwitchingSupported/);
});

Deno.test("2.1: what the station does not do is refused by its name", () => {
  const wrong: [Partial<v21.ChargingProfileType>, string][] = [
    [{ chargingProfilePurpose: "LocalGeneration" }, "LocalGeneration"],
    [{ maxOfflineDuration: 60 }, "maxOfflineDuration"],
    [{ chargingSchedule: [schedule2({ randomizedDelay: 60 })] }, "randomizedDelay"],
    [period({ operationMode: "LocalLoadBalancing" }), "LocalLoadBalancing"],
    [period({ limit_L2: 6 }), "limit_L2"],
    [period({ setpoint_L2: -5 }), "setpoint_L2"],
    [period({ setpointReactive: 5 }), "setpointReactive"],
  ];
  for (const [rest, name] of wrong) {
    const why = refused(rest);
    assert(why.startsWith("UnsupportedParam: ") && why.includes(name), why);
  }
});

Deno.test("2.1: a period without a limit is none, and ChargingOnly is what is done anyway", () => {
  assert.match(refused(period({ limit: undefined })), /^InvalidSchedule: .*without a limit/);
  assert("profile" in readProfile(profile2(period({ operationMode: "ChargingOnly" }))));
});

Deno.test("ChargingProfileType: a time that cannot be read is refused", () => {
  for (const rest of [{ validFrom: "soon" }, { validTo: "soon" }]) {
    const read = readProfile(profile2(rest));
    assert("why" in read && read.reasonCode === "InvalidValue");
  }
});
