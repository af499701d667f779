/**
 * The HTTP room: questions about stations and commands to them, as JSON and server-sent events.
 *
 * {@link createHttp} builds the API as a value from {@link HttpPorts}; it owns nothing that it tells
 * about and never listens. {@link serveHttp} puts it on a port and keeps it there. One file per
 * resource, each a table of routes. Whatever goes wrong is thrown as a `Problem` and answered as
 * `application/problem+json` (RFC 9457); only what nobody expected is logged. Every wait and every
 * stream ends at shutdown and when its client leaves. No answer ever carries a CORS header: pages of
 * other origins stay out (`access.ts`).
 *
 * May import every room on its left, and uses `clock`, `log`, the fields of `config`, the
 * `StoreError` of `store`, the `Histogram` of `station`, and the types of `ocpp`, `connection`, `store`
 * and `station`.
 *
 * @module
 */
export { createHttp } from "./create_http.ts";
export { hostAndPort } from "./host_and_port.ts";
export { LoopDelay } from "./loop_delay.ts";
export { isLoopback } from "./loopback.ts";
export type { ConnectionFigures, ProcessFigures } from "./metric_families.ts";
export {
  connectionFamilies,
  fleetFamilies,
  processFamilies,
  storeFamilies,
  trafficFamilies,
} from "./metric_families.ts";
export type {
  AccessOptions,
  ConnectionsPort,
  HttpPorts,
  MessagesPort,
  ReadinessPort,
  RosterPort,
  StationsPort,
} from "./ports.ts";
export type { MetricFamily, MetricSample } from "./prometheus.ts";
export type { HttpServer, HttpServerOptions } from "./serve_http.ts";
export { ListenError, serveHttp } from "./serve_http.ts";
