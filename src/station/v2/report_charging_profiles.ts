import type { v201, v21 } from "../../ocpp/mod.ts";
import { says } from "../dialect.ts";
import type { InstalledProfile } from "../smart/profile.ts";
import type { Spoken } from "../spoken.ts";
import { writeTime } from "../time.ts";
import { writeSchedule } from "./charging_schedule.ts";

type Event = Spoken["chargingProfiles"]["event"];

/** A part of the profiles that the CSMS asked for (K09). The kinds and purposes of 2.1 stay out of it. */
export const reportChargingProfiles201 = says<"2.0.1", "ReportChargingProfiles", Event, void>({
  action: "ReportChargingProfiles",
  request({ requestId, connectorId, source, items, isContinued }) {
    const chargingProfile = items.map(writeProfile).filter(is201);
    if (chargingProfile.length === 0) return null;
    const chargingLimitSource = source as v201.ChargingLimitSourceEnumType;
    return {
      requestId,
      evseId: connectorId,
      chargingLimitSource,
      tbc: isContinued,
      chargingProfile,
    };
  },
  answer() {},
});

/** The same with them. */
export const reportChargingProfiles21 = says<"2.1", "ReportChargingProfiles", Event, void>({
  action: "ReportChargingProfiles",
  request: ({ requestId, connectorId, source, items, isContinued }) => ({
    requestId,
    evseId: connectorId,
    chargingLimitSource: source,
    tbc: isContinued,
    chargingProfile: items.map(writeProfile),
  }),
  answer() {},
});

function is201(profile: v21.ChargingProfileType): profile is v201.ChargingProfileType {
  const { chargingProfileKind, chargingProfilePurpose } = profile;
  return chargingProfileKind !== "Dynamic" && chargingProfilePurpose !== "PriorityCharging" &&
    chargingProfilePurpose !== "LocalGeneration" &&
    profile.chargingSchedule.every(({ chargingSchedulePeriod }) =>
      chargingSchedulePeriod.every(({ limit, operationMode }) =>
        limit !== undefined && operationMode === undefined
      )
    );
}

function writeProfile({ profile, installedAt }: InstalledProfile): v21.ChargingProfileType {
  const { id, kind, purpose, recurrency, validFrom, validTo, transactionId, schedules } = profile;
  // 2.0.1 has no such fields, not even empty ones.
  const dynamic = { dynUpdateInterval: profile.pullEveryS, dynUpdateTime: writeTime(installedAt) };
  return {
    id,
    stackLevel: profile.stackLevel,
    chargingProfilePurpose: purpose,
    chargingProfileKind: kind,
    recurrencyKind: recurrency ?? undefined,
    validFrom: validFrom === null ? undefined : writeTime(validFrom),
    validTo: validTo === null ? undefined : writeTime(validTo),
    transactionId: transactionId === null ? undefined : String(transactionId),
    ...(kind === "Dynamic" ? dynamic : {}),
    chargingSchedule: schedules.map(writeSchedule),
  };
}
