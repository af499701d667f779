import type { Level, LogFormat, Secret } from "../log/mod.ts";
import type { StationDocument } from "./station_document.ts";
import type { StationReader } from "./station_reader.ts";

/** The OCPP versions a station can be asked to speak. */
export type ProtocolVersion = "1.6" | "2.0.1" | "2.1";

/** Security profile (whitepaper §3; 2.x part 2 A00): 0 none, 1 Basic, 2 TLS and Basic, 3 mutual TLS. */
export type SecurityProfile = 0 | 1 | 2 | 3;

/** What the whole program runs on: parsed, checked and merged once. Durations are milliseconds. */
export interface Config {
  /** Where it came from; `null` when no file was found and the defaults rule. */
  readonly file: string | null;
  readonly server: ServerConfig;
  readonly logging: LoggingConfig;
  readonly storage: StorageConfig;
  readonly csms: CsmsConfig;
  /** What stations take over when they say nothing themselves. */
  readonly simulation: SimulationConfig;
  /** Fleets expanded, then `stations`, every default filled in. Ids are unique. */
  readonly stations: readonly StationConfig[];
  /** Reads further stations with the same defaults. */
  readonly reader: StationReader;
  /** What is allowed but probably not meant, one sentence each. */
  readonly warnings: readonly string[];
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly apiToken: Secret | null;
}

export interface LoggingConfig {
  readonly level: Level;
  readonly format: LogFormat;
  /** `stdout`, `stderr` or an absolute path. */
  readonly output: string;
}

export interface StorageConfig {
  /** An absolute path, or `:memory:`. */
  readonly path: string;
  /** How many messages the log keeps. */
  readonly messageRetention: number;
  readonly messageMaxAgeMs: number;
}

export interface CsmsConfig {
  readonly defaultUrl: string;
  readonly connectionTimeoutMs: number;
  readonly closeTimeoutMs: number;
  /** Until the CSMS names one. */
  readonly heartbeatIntervalMs: number;
  /** Failed dials in a row; 0 = never give up. */
  readonly maxReconnectAttempts: number;
  readonly reconnectPolicy: "exponential" | "ocpp";
  readonly reconnectBackoffMs: number;
  readonly reconnectMaxBackoffMs: number;
  /** The share of a wait that chance may take away, 0 to 1. */
  readonly reconnectJitter: number;
  /** 0 = no pings. */
  readonly pingIntervalMs: number;
  readonly callTimeoutMs: number;
  readonly maxConcurrentDials: number;
  /** Messages waiting behind a slow socket, per station. */
  readonly sendQueue: number;
  readonly strictness: Strictness;
  readonly tls: TlsConfig;
  readonly auth: AuthConfig;
}

/** `strict`: violations by the CSMS are answered with CALLERROR; `lenient`: reported only. */
export type Strictness = "strict" | "lenient";

/** PEM texts, read and checked. Stations with the same settings share one object. */
export interface TlsConfig {
  readonly enabled: boolean;
  readonly caCert: string | null;
  readonly clientCert: string | null;
  readonly clientKey: Secret | null;
  readonly insecureSkipVerify: boolean;
}

/** `username: null` means the station id. Exactly one of `password` and `authorizationKey` is set. */
export type AuthConfig =
  | { readonly type: "none" }
  | {
    readonly type: "basic";
    readonly username: string | null;
    /** Sent as UTF-8. */
    readonly password: Secret | null;
    /** Hex, decoded to bytes before it is sent (1.6 security whitepaper §4). */
    readonly authorizationKey: Secret | null;
  }
  | { readonly type: "bearer"; readonly token: Secret };

export interface StationConfig {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly autoStart: boolean;
  /** In order of preference, at least one. */
  readonly protocolVersions: readonly ProtocolVersion[];
  /** As written, or `csms.default_url`: the station id is not placed yet. */
  readonly url: string;
  readonly auth: AuthConfig;
  readonly tls: TlsConfig;
  /** As given, or derived from the rest. */
  readonly securityProfile: SecurityProfile;
  readonly strictness: Strictness;
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber: string | null;
  readonly firmwareVersion: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
  readonly connectors: readonly ConnectorConfig[];
  readonly meterValues: MeterValuesConfig;
  /** Stations that say nothing of it, and those of one fleet, share one object. */
  readonly simulation: SimulationConfig;
  readonly tags: readonly string[];
  /** As somebody wrote it, without the id: what is absent came from the defaults. */
  readonly written: StationDocument;
}

export interface ConnectorConfig {
  /** From 1, unique within the station. In 2.x: the EVSE's id. */
  readonly id: number;
  readonly type: string;
  /** Watts. */
  readonly maxPower: number;
}

export interface MeterValuesConfig {
  readonly intervalMs: number;
  readonly measurands: readonly string[];
  /** 0 = no clock-aligned values. */
  readonly alignedIntervalMs: number;
}

/** How cars and meters run, and what happens to a station by itself. Durations pass `speed` times as fast. */
export interface SimulationConfig {
  /** Scales cars and meters only. */
  readonly speed: number;
  /** Whether cars come, charge and go by themselves. */
  readonly cars: boolean;
  /** The mean time until the next car comes to a connector. */
  readonly arrivalMs: number;
  /** The mean time that a car stays. */
  readonly stayMs: number;
  /** What drivers present, each one of them; at least one. */
  readonly idTokens: readonly string[];
  /** With the station's id it gives the whole sequence of chance: another seed, another run. */
  readonly seed: number;
  /** The mean time between two faults of a station; 0 = none. */
  readonly faultEveryMs: number;
  /** The mean time that a fault lasts. */
  readonly faultDurationMs: number;
}
