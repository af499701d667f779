import type { StationHarness } from "../../../support/station_harness.ts";
import { answers, fromNow, type Payload } from "../support.ts";

/** An Absolute profile from now on, in steps of `[seconds, watts]`, or with other fields of the periods. */
export function profile(
  h: StationHarness,
  purpose: string,
  steps: readonly (readonly [number, number] | Payload)[],
  more: Payload = {},
): Payload {
  const chargingSchedulePeriod = steps.map((step) =>
    Array.isArray(step) ? { startPeriod: step[0], limit: step[1] } : step
  );
  return {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: purpose,
    chargingProfileKind: "Absolute",
    chargingSchedule: [{
      id: 1,
      startSchedule: fromNow(h, 0),
      chargingRateUnit: "W",
      chargingSchedulePeriod,
    }],
    ...more,
  };
}

/** A Dynamic profile of one period (2.1 K28). */
export function dynamic(
  h: StationHarness,
  transactionId: string,
  period: Payload,
  more: Payload = {},
): Payload {
  return profile(h, "TxProfile", [], {
    chargingProfileKind: "Dynamic",
    transactionId,
    chargingSchedule: [{
      id: 1,
      chargingRateUnit: "W",
      chargingSchedulePeriod: [{ startPeriod: 0, ...period }],
    }],
    ...more,
  });
}

/** Sets a profile, which the station must answer with this status. */
export async function set(
  h: StationHarness,
  status: string,
  evseId: number,
  chargingProfile: Payload,
): Promise<void> {
  await answers(h, status, "SetChargingProfile", { evseId, chargingProfile });
  await h.clock.settle();
}

/** What flows on an EVSE now, in watts; below 0 from the car. */
export function watts(h: StationHarness, evseId = 1): number {
  return Math.round(h.station.all.get(evseId)?.meter?.powerW ?? 0);
}
