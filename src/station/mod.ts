/**
 * The station room: a charging station, from its boot to its heartbeats, and the fleet of all of them.
 *
 * A {@link Station} introduces a connection to OCPP. Its *rpc* turns texts into checked CALLs and
 * answers; its *dialect*, one per OCPP version, spells what a station says; its run loop boots and
 * beats for as long as one connection lasts. {@link Fleet} makes the stations, connects those that
 * should be, and knows which are missing.
 *
 * Invariants: before the CSMS has accepted the boot only BootNotification goes out; a mere reconnect
 * boots nothing again (1.6-J §5.4, 2.x B04); a station has one CALL outstanding; nothing that a CSMS
 * sends stays unreported when it breaks a rule.
 *
 * A {@link Recorder} reads every frame of every connection for the message log, and counts.
 *
 * May import `clock`, `log`, `config` (types), `ocpp`, `connection` and `store` (types).
 *
 * @module
 */
export type { FleetOptions } from "./fleet.ts";
export { Fleet } from "./fleet.ts";
export type { KeptStation, StationsKept } from "./kept.ts";
export type { RosterOptions } from "./roster.ts";
export { Roster } from "./roster.ts";
export type { RosterAnswer } from "./roster_answer.ts";
export type { FleetCensus } from "./fleet_census.ts";
export type { CarInput } from "./energy/car.ts";
export type {
  CsmsSaid,
  Deed,
  Driver,
  StationSummary,
  StationView,
  TransactionView,
} from "./driver.ts";
export { Histogram } from "./histogram.ts";
export type { RecorderOptions } from "./recorder.ts";
export { Recorder } from "./recorder.ts";
export type * from "./station_change.ts";
export type { CallResult, CallTally, Direction } from "./traffic.ts";
export { Traffic } from "./traffic.ts";
export type { ConnectorStatus, IdToken, StopReason } from "./words.ts";
