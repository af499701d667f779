/**
 * The connection room: a pool of WebSocket clients that know text and subprotocols, and no OCPP.
 *
 * The way of a frame: `Dial` opens a {@link Transport}; a client's run loop owns it for one session
 * and hands each text to its one owner, who was named when the connection was added. The way back:
 * `send` puts text on the socket, or in a bounded queue behind a slow one, and says which.
 *
 * Invariants: a station has at most one socket at a time; a state changes in one place, which updates
 * the census, the log and every listener before anything else happens; whoever asked for a close gets
 * it within the close timeout; no frame is dropped without a word; a new target that does not work
 * gives way to the one that did. The states and their diagram are in `state.ts`, the manual for
 * users of the room in `README.md`.
 *
 * May import `clock` and `log`.
 *
 * @module
 */
export type { Credentials } from "./authorization.ts";
export { authorization } from "./authorization.ts";
export type { Cause, CloseCause, DialFailure } from "./cause.ts";
export { DialError } from "./cause.ts";
export type { Owner } from "./client_world.ts";
export type { Connection, TargetChange } from "./connection.ts";
export { createDenoDial } from "./deno_dial.ts";
export type { DenoDial, DenoDialOptions } from "./deno_dial.ts";
export type { ConnectionFact, ConnectOptions, ManagerOptions } from "./manager.ts";
export { ConnectionManager } from "./manager.ts";
export type { Guide } from "./guide.ts";
export type { Broadcast, SendStatus, StateChange } from "./outcome.ts";
export type { ExponentialOptions, Loss, OcppBackOffOptions, RetryPolicy } from "./retry.ts";
export { exponentialBackOff, ocppBackOff } from "./retry.ts";
export { killSocket } from "./runtime_kill.ts";
export type { ConnectionEvent, ConnectionState, ConnectionStateName } from "./state.ts";
export { transition } from "./state.ts";
export type { ConnectionStatistics } from "./statistics.ts";
export { stationUrl } from "./station_url.ts";
export type { Dial, Target, TlsOptions, Transport } from "./transport.ts";
export { Gate } from "./gate.ts";
