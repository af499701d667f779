/**
 * The config room: config.yaml, environment and command line become one validated {@link Config}, every
 * duration in milliseconds, every path absolute, every certificate read.
 *
 * ```text
 *  flags ─▶ environment ─▶ file ─▶ defaults      one tree, snake_case
 *      ─▶ keys checked, secrets resolved         camelCase
 *      ─▶ zod schemas                            types and bounds, key by key
 *      ─▶ stations resolved                      what has to agree, TLS files
 *      ─▶ Config, or ConfigError with every problem at once
 * ```
 *
 * No message quotes a secret or a piece of YAML that may hold one. Stations with the same TLS or auth
 * settings share one object. What is impure comes in as a port. The only room that imports `@std/yaml`.
 * Imports `clock` and `log`.
 *
 * @module
 */
export type * from "./types.ts";
export type { Problem } from "./problem.ts";
export { ConfigError, formatPath } from "./problem.ts";
export type { ConfigSources } from "./load.ts";
export { loadConfig } from "./load.ts";
export { nodeCrypto } from "./node_crypto.ts";
export { findConfigFile } from "./find_file.ts";
export type { StationInput } from "./station_schema.ts";
export { MOST_STATIONS, stationSchema } from "./station_schema.ts";
export type { StationDocument } from "./station_document.ts";
export { dropSecrets, hideSecrets, keepSecrets, revealSecrets } from "./station_document.ts";
export type { ReadStations, StationProblem } from "./station_reader.ts";
export { StationReader } from "./station_reader.ts";
export { readDuration } from "./duration.ts";
export { choice, mapping, mustBe, number, text, whole } from "./fields.ts";
