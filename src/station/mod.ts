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
 * May import `clock`, `log`, `config` (types), `ocpp` and `connection`.
 *
 * @module
 */
export type { FleetOptions } from "./fleet.ts";
export { Fleet } from "./fleet.ts";
export type { StationOptions } from "./station.ts";
export { Rpc } from "./rpc.ts";
export type { RpcOptions } from "./rpc.ts";
export { Station } from "./station.ts";
