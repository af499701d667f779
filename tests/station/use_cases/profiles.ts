import type { StationHarness } from "../../support/station_harness.ts";
import { answers, type Payload } from "./support.ts";

/** Steps of `[seconds, watts]`. */
export function profile(
  purpose: string,
  steps: readonly (readonly [number, number])[],
  more: Payload = {},
) {
  return {
    chargingProfileId: 1,
    stackLevel: 0,
    chargingProfilePurpose: purpose,
    chargingProfileKind: "Relative",
    chargingSchedule: {
      chargingRateUnit: "W",
      chargingSchedulePeriod: steps.map(([startPeriod, limit]) => ({ startPeriod, limit })),
    },
    ...more,
  };
}

/** Sets a profile, which the station must answer with this status. */
export async function set(
  h: StationHarness,
  status: string,
  connectorId: number,
  csChargingProfiles: Payload,
) {
  await answers(h, status, "SetChargingProfile", { connectorId, csChargingProfiles });
}

/** What flows on a connector now, in watts. */
export function watts(h: StationHarness, connectorId = 1): number {
  return Math.round(h.station.all.get(connectorId)?.meter?.powerW ?? 0);
}
