/**
 * Profiles, connectors and transactions to test smart charging with.
 *
 * @module
 */
import type { ConnectorFacts } from "../../../src/station/charger.ts";
import type {
  ChargingProfile,
  ChargingSchedule,
  InstalledProfile,
  SchedulePeriod,
} from "../../../src/station/smart/profile.ts";
import type { ProfileLimits } from "../../../src/station/smart/profile_fault.ts";
import type { TransactionFacts } from "../../../src/station/spoken.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** A Monday at midnight. */
export const MONDAY = Date.UTC(2026, 0, 5);

export const LIMITS: ProfileLimits = {
  maxStackLevel: 10,
  maxPeriods: 24,
  maxInstalled: 50,
  units: ["A", "W"],
};

/** Periods as `[startPeriod, limit, numberPhases?]`. */
export type Steps = readonly (readonly [number, number, number?])[];

export function periods(steps: Steps): SchedulePeriod[] {
  return steps.map(([startPeriod, limit, numberPhases]) => ({
    startPeriod,
    limit,
    numberPhases: numberPhases ?? null,
    phaseToUse: null,
  }));
}

export function schedule(
  steps: Steps,
  rest: Partial<ChargingSchedule> = {},
): ChargingSchedule {
  return {
    id: null,
    duration: null,
    startSchedule: MONDAY,
    unit: "W",
    minChargingRate: null,
    periods: periods(steps),
    ...rest,
  };
}

/** An absolute TxDefaultProfile that starts on Monday at midnight, in watts, unless told otherwise. */
export function profile(
  steps: Steps,
  rest: Partial<ChargingProfile> = {},
  ofSchedule: Partial<ChargingSchedule> = {},
): ChargingProfile {
  return {
    id: 1,
    stackLevel: 0,
    purpose: "TxDefaultProfile",
    kind: "Absolute",
    recurrency: null,
    validFrom: null,
    validTo: null,
    transactionId: null,
    schedules: [schedule(steps, ofSchedule)],
    ...rest,
  };
}

export function on(
  connectorId: number,
  profile: ChargingProfile,
  installedAt = MONDAY,
): InstalledProfile {
  return { connectorId, profile, installedAt };
}

export function transaction(connectorId: number, startedAt = MONDAY): TransactionFacts {
  return {
    id: `tx-${connectorId}`,
    csmsId: 100 + connectorId,
    connectorId,
    idToken: null,
    startedAt,
    meterStartWh: 0,
    reservationId: null,
    remoteStartId: null,
  };
}

/** A free Type 2 connector of 22 kW unless told otherwise. */
export function connector(id: number, rest: Partial<ConnectorFacts> = {}): ConnectorFacts {
  return {
    id,
    type: "Type2",
    maxPower: 22_000,
    status: "Available",
    plugged: false,
    reservationId: null,
    transaction: null,
    isAuthorized: (rest.transaction?.idToken ?? null) !== null,
    ...rest,
  };
}
