import type { V2x } from "./v2x.ts";

/**
 * What a profile is for (1.6 §3.13.1, 2.x part 2 K §3.1). The first is the ChargePointMaxProfile of
 * 1.6, which does not know the second.
 */
export type ProfilePurpose =
  | "ChargingStationMaxProfile"
  | "ChargingStationExternalConstraints"
  /** 2.1 only, and the station's own: what is there on top of what the others allow (K27). */
  | "LocalGeneration"
  | "TxDefaultProfile"
  | "TxProfile"
  /** 2.1 only: holds in the place of the last two where somebody asked for priority (K21, K22). */
  | "PriorityCharging";

/** Amperes per phase, or watts over all phases. */
export type RateUnit = "A" | "W";

/** A limit that holds until the next period of its schedule. */
export interface SchedulePeriod {
  /** Seconds after the start of the schedule. */
  readonly startPeriod: number;
  /** In the unit of the schedule; `null`: none, which only {@link SchedulePeriod.v2x} may go without. */
  readonly limit: number | null;
  /** `null`: three. */
  readonly numberPhases: number | null;
  /** 2.x only. */
  readonly phaseToUse: number | null;
  /** What is done beside charging (2.1 Q); absent: nothing. */
  readonly v2x?: V2x;
}

/** Limits over time. */
export interface ChargingSchedule {
  /** 2.x only. */
  readonly id: number | null;
  /** Seconds; `null`: the last period goes on without an end. */
  readonly duration: number | null;
  /** Milliseconds since 1970; `null`: it is relative. */
  readonly startSchedule: number | null;
  readonly unit: RateUnit;
  /** What the car needs at least, in the unit of the schedule. */
  readonly minChargingRate: number | null;
  /** In the order of time; the first starts at 0. */
  readonly periods: readonly SchedulePeriod[];
}

/** A charging profile of any version. Plain JSON. */
export interface ChargingProfile {
  readonly id: number;
  /** Of two profiles of one purpose, the one with the higher level leads. */
  readonly stackLevel: number;
  readonly purpose: ProfilePurpose;
  /** Dynamic: its only limit is the last that the CSMS named (2.1 K28). */
  readonly kind: "Absolute" | "Dynamic" | "Recurring" | "Relative";
  readonly recurrency: "Daily" | "Weekly" | null;
  /** Milliseconds since 1970; `null`: from the beginning of time. */
  readonly validFrom: number | null;
  /** Milliseconds since 1970, the first moment that it is not valid; `null`: for ever. */
  readonly validTo: number | null;
  /** The CSMS's number in 1.6, the station's text in 2.x; `null`: whatever runs on the connector. */
  readonly transactionId: string | number | null;
  /** One in 1.6. Of the up to three of 2.x a car that cannot choose (ISO 15118) gets the first. */
  readonly schedules: readonly ChargingSchedule[];
  /** Seconds after which a Dynamic one asks the CSMS for its limit; absent: it waits to be told. */
  readonly pullEveryS?: number;
}

/** A profile where it is in force. Plain JSON: it can be saved. */
export interface InstalledProfile {
  /** 0: the station, or with a TxDefaultProfile every connector. */
  readonly connectorId: number;
  /**
   * Milliseconds since 1970: where a schedule without a start begins that belongs to no transaction, and
   * a Dynamic one at its last update.
   */
  readonly installedAt: number;
  /** Who set it (ChargingLimitSourceEnumType of 2.x); absent: the CSMS. */
  readonly source?: string;
  /** The connectors whose transaction has priority, of a profile for that; absent: none. */
  readonly activeOn?: readonly number[];
  readonly profile: ChargingProfile;
}
