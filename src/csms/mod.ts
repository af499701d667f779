/**
 * The CSMS room: a small charging-station management system for the demo, the tests and the
 * benchmarks. It takes what stations of OCPP 1.6, 2.0.1 and 2.1 send, answers every call of theirs with
 * a valid response, holds what they say against the schemas, and counts. It plans, bills and stores
 * nothing.
 *
 * It behaves as a friendly CSMS does until {@link Csms.behave} tells it otherwise: see
 * {@link Behaviour} for what it can do wrong. No station, whatever it sends or stops doing, ends the
 * CSMS or keeps it from stopping. Imports `clock`, `log` and
 * `ocpp`, and of `connection` what drops a socket.
 *
 * @module
 */
export type { Behaviour, Refusal } from "./behaviour.ts";
export type { Users } from "./basic_auth.ts";
export type { Census } from "./census.ts";
export type { Listen } from "./listener.ts";
export type { CsmsOptions } from "./options.ts";
export type { SeenStation } from "./register.ts";
export { REPLACED_CODE } from "./register.ts";
export { Csms, startCsms } from "./csms.ts";
