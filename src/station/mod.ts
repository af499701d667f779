/**
 * The station room: charging stations that live, and the fleet of all of them.
 *
 * A {@link Station} is written once and knows no OCPP version. Its parts each do one thing, and know the
 * others by the interface `Works`:
 *
 * ```text
 *  driver, car, fault ─▶ Deeds ─┐                     ┌─ Metering, Flow ─▶ Meter (energy/), limits (smart/)
 *  the CSMS ─▶ Line ─▶ command ─┴▶ Charging, Remote ──┤
 *                                  Availability …     └─ events ─▶ Outbox, StatusReporter ─▶ Line ─▶ the CSMS
 * ```
 *
 * - `connector_state.ts` is the use of a connector as a pure table; `Connector` holds what hangs on it.
 * - `transactions/` is when one begins and ends, what flows, and what is read of it.
 * - `line/` introduces a connection to OCPP: boot and beat (`Registration`), checked CALLs (`Rpc`), what is
 *   said (`Speaker`). `outbox/` is what must not be lost. `network/` is where the next dial goes.
 * - A *dialect* (`v16/`, `v2/`) turns what the domain says (`spoken.ts`) into messages, and CALLs of the
 *   CSMS into commands on the `Charger`: one file per action, one table per version.
 * - `tokens/`, `smart/`, `settings/`, `service/`, `device_model/` and the facilities of 2.x are the domain's
 *   own subjects; `life/` lets cars come by themselves.
 * - `memory/` is what survives a restart: a part sets its `Cell`, and what is said relies on `Memory.saved`.
 *   `survival.ts` is how a connector comes back.
 * - `fleet/` is all stations of the program, and how they are made, changed and kept; `traffic/` is what
 *   onlookers see of their frames.
 * - `Reactions` is where a part's news reaches the others; facts for onlookers are published.
 *
 * Invariants: before the CSMS has accepted the boot only BootNotification and what it triggers goes out; a
 * mere reconnect boots nothing again (1.6-J §5.4, 2.x B04); a station has one CALL outstanding; what a CALL
 * leads to follows its answer; a transaction that was started is stopped once; a register never runs
 * backwards; nothing that a CSMS sends stays unreported when it breaks a rule. An idle station holds no
 * timer but its heartbeat's, and of its subjects only those that were asked for.
 *
 * May import `clock`, `log`, `config`, `ocpp`, `connection` and `store`.
 *
 * @module
 */
export type { FleetOptions } from "./fleet/fleet.ts";
export { PARTS } from "./memory/parts.ts";
export { Fleet } from "./fleet/fleet.ts";
export type { KeptStation, StationsKept } from "./fleet/kept.ts";
export type { RosterOptions } from "./fleet/roster.ts";
export { Roster } from "./fleet/roster.ts";
export type { RosterAnswer } from "./fleet/roster_answer.ts";
export type { FleetCensus } from "./fleet/fleet_census.ts";
export type { CarInput } from "./energy/car.ts";
export type {
  CsmsSaid,
  Deed,
  Driver,
  StationSummary,
  StationView,
  TransactionView,
} from "./driver.ts";
export { Histogram } from "./traffic/histogram.ts";
export type { RecorderOptions } from "./traffic/recorder.ts";
export { Recorder } from "./traffic/recorder.ts";
export type * from "./station_change.ts";
export type { CallResult, CallTally, Direction } from "./traffic/traffic.ts";
export { Traffic } from "./traffic/traffic.ts";
export type { ConnectorStatus, IdToken, StopReason } from "./words.ts";
