import type { Memory, Monitor } from "./monitor.ts";

/** Which monitors are at work (N03). */
export type MonitoringBase = "All" | "FactoryDefault" | "HardWiredOnly";

/** What monitoring has to survive with. Plain JSON. */
export interface MonitoringRecord {
  readonly base: MonitoringBase;
  /** Findings of a severity above it are not told (N05). */
  readonly level: number;
  /** Those of the CSMS. One with the id of a preconfigured monitor has taken its place. */
  readonly custom: readonly Monitor[];
  /** The preconfigured ones that the CSMS cleared. */
  readonly cleared: readonly number[];
  /** By id of the monitor. */
  readonly memories: Readonly<Record<number, Memory>>;
  readonly lastEventId: number;
}

/** Of a station whose monitors nobody ever touched. */
export const UNTOUCHED: MonitoringRecord = Object.freeze({
  base: "All",
  level: 9,
  custom: [],
  cleared: [],
  memories: {},
  lastEventId: 0,
});
