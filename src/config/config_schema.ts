import { LEVELS } from "../log/mod.ts";
import { duration } from "./duration.ts";
import { choice, list, mapping, number, secret, text, whole } from "./fields.ts";
import { simulationDefaultsSchema } from "./simulation.ts";
import { authSchema, csmsUrl, fleetSchema, stationSchema, tlsSchema } from "./station_schema.ts";

/** The whole of config.yaml, in camelCase, with every default. */
export const configSchema = mapping({
  server: mapping({
    host: text(255).refine((host) => /^([^:\s/]+|(?=.*:.*:)[0-9a-f:.]+(%\w+)?)$/i.test(host), {
      error: "Must be a host name or address without a port, like 127.0.0.1 or ::1",
    }).default("127.0.0.1"),
    port: whole(0, 65_535).default(8080),
    apiToken: secret({
      empty: true,
      check: /^[\x21-\x7e]+$/,
      allowed: "a token without spaces, or empty for none",
    }).prefault(""),
  }),
  logging: mapping({
    level: choice(LEVELS).default("info"),
    format: choice(["json", "text"]).default("json"),
    output: text(4096).default("stdout"),
  }),
  storage: mapping({
    path: text(4096).default("./data/ocpp-emu.db"),
    messageRetention: whole(0, 1_000_000_000).default(100_000),
    messageMaxAge: duration("1s", "3650d").prefault("30d"),
  }),
  csms: mapping({
    defaultUrl: csmsUrl().default("ws://localhost:9000"),
    connectionTimeout: duration("10ms", "1h").prefault("30s"),
    closeTimeout: duration("10ms", "1h").prefault("3s"),
    heartbeatInterval: duration("1s", "24h").prefault("60s"),
    maxReconnectAttempts: whole(0, 1_000_000).default(5),
    reconnectPolicy: choice(["exponential", "ocpp"]).default("exponential"),
    reconnectBackoff: duration("10ms", "24h").prefault("10s"),
    reconnectMaxBackoff: duration("10ms", "24h").prefault("60s"),
    reconnectJitter: number({ from: 0, to: 1 }).default(0.2),
    pingInterval: duration("10ms", "24h", "or 0").prefault("30s"),
    callTimeout: duration("10ms", "1h").prefault("30s"),
    maxConcurrentDials: whole(1, 100_000).default(100),
    sendQueue: whole(1, 1_000_000).default(100),
    strictness: choice(["strict", "lenient"]).default("strict"),
    tls: tlsSchema.prefault({}),
    auth: authSchema.prefault({ type: "none" }),
  }),
  simulation: simulationDefaultsSchema,
  fleets: list(fleetSchema),
  stations: list(stationSchema),
});
