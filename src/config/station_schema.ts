import * as z from "zod";
import { duration } from "./duration.ts";
import {
  choice,
  describe,
  filePath,
  flag,
  list,
  mapping,
  mustBe,
  number,
  secret,
  text,
  whole,
} from "./fields.ts";
import { simulationSchema } from "./simulation.ts";
import type { AuthConfig, ConnectorConfig, ProtocolVersion } from "./types.ts";

const VERSIONS = ["1.6", "2.0.1", "2.1"] as const satisfies readonly ProtocolVersion[];
const VERSION_ALLOWED = "1.6, 2.0.1, 2.1, or a list of them in order of preference";

/** An id as it goes into URLs, Basic user names and log lines. */
function stationId() {
  return text(255).superRefine((id, context) => {
    const complain = (message: string) => context.addIssue({ code: "custom", message });
    if (id === "." || id === "..") complain(`Must not be "${id}": URLs drop such a path segment`);
    // deno-lint-ignore no-control-regex -- control characters are the subject
    else if (/[\x00-\x1f\x7f]/.test(id)) complain("Must not contain control characters");
    else if (!id.isWellFormed()) complain("Must not contain half a surrogate pair");
    else if (id.trim() !== id) complain("Must not start or end with a space");
  });
}

/** A URL without what could hold a password. */
function printableUrl(url: string): string {
  return describe(url.replace(/^(\w+:\/\/)?.*@/s, "$1***@").replace(/([?#]).*/s, "$1…"));
}

/** Where a CSMS listens: `ws:` or `wss:`, at most with the placeholder `{stationId}`. */
export function csmsUrl() {
  return text(2000).superRefine((url, context) => {
    const complain = (sentence: string) =>
      context.addIssue({ code: "custom", message: `${sentence}, found: ${printableUrl(url)}` });
    const http = /^http(s?):/i.exec(url);
    if (http !== null) return complain(`Must start with ws${http[1]}:// in place of ${http[0]}//`);
    if (!/^wss?:\/\//i.test(url)) return complain("Must start with ws:// or wss://");
    if (/\s/.test(url)) return complain("Must not contain spaces");
    const placeholder = /\{(?!stationId\})[^}]*\}?/.exec(url);
    if (placeholder !== null) return complain('Must have no placeholder other than "{stationId}"');
    if (!URL.canParse(url)) return complain("Must be a URL like ws://host:9000/path");
    const { username, password } = new URL(url);
    if (username !== "" || password !== "" || /^wss?:\/\/[^/?#]*@/i.test(url)) {
      return complain("Must not carry a user name or password (give them under auth)");
    }
    if (url.includes("#")) return complain('Must not have a fragment ("#…")');
  });
}

/** `1.6`, `"ocpp2.0.1"`, or a list in order of preference. */
function protocolVersion() {
  return z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))], {
    error: ({ input }) => mustBe(VERSION_ALLOWED, input),
  }).transform((given, context): ProtocolVersion[] => {
    const versions = [given].flat().map((one) => readVersion(one));
    if (versions.includes(undefined) || versions.length === 0) {
      const wrong = [given].flat()[versions.indexOf(undefined)];
      const message = mustBe(VERSION_ALLOWED, wrong ?? null);
      context.addIssue({ code: "custom", message });
    } else if (new Set(versions).size < versions.length) {
      context.addIssue({ code: "custom", message: "Must name each version once" });
    }
    return versions.filter((version) => version !== undefined);
  });
}

function readVersion(given: string | number): ProtocolVersion | undefined {
  const number = String(given).replace(/^ocpp/i, "");
  return VERSIONS.find((version) => version === number);
}

/** Certificates and how far to trust the other side. What is absent comes from `csms.tls`. */
export const tlsSchema = mapping({
  enabled: flag().optional(),
  caCert: filePath().optional(),
  clientCert: filePath().optional(),
  clientKey: filePath().optional(),
  insecureSkipVerify: flag().optional(),
});
export type TlsInput = z.output<typeof tlsSchema>;

const AUTH_KEYS = {
  none: [],
  basic: ["username", "password", "authorizationKey"],
  bearer: ["token"],
} as const satisfies Record<AuthConfig["type"], readonly string[]>;

/** How a station proves who it is. */
export const authSchema = mapping({
  type: choice(["none", "basic", "bearer"]),
  username: text(255).refine((name) => !name.includes(":"), {
    error: 'Must not contain ":", which separates user and password in Basic',
  }).optional(),
  password: secret().optional(),
  authorizationKey: secret({
    check: /^([0-9a-f]{2})+$/i,
    allowed: "pairs of hex digits",
  }).optional(),
  token: secret({ check: /^[\x21-\x7e]+$/, allowed: "a token without spaces" }).optional(),
}).transform((given, context): AuthConfig => {
  const { type, username = null, password = null, authorizationKey = null, token } = given;
  const complain = (key: string, message: string) =>
    context.addIssue({ code: "custom", path: [key], message });
  for (const [owner, keys] of Object.entries(AUTH_KEYS)) {
    for (const key of keys) {
      if (owner === type || given[key] === undefined) continue;
      complain(key, `Must not be given with type "${type}": it belongs to type "${owner}"`);
    }
  }
  if (type === "basic") {
    if (password === null && authorizationKey === null) {
      complain("password", 'Is missing: type "basic" needs a password or an authorization key');
    } else if (password !== null && authorizationKey !== null) {
      complain("password", "Must not be given together with an authorization key");
    }
    return { type, username, password, authorizationKey };
  }
  if (type === "bearer") {
    if (token !== undefined) return { type, token };
    complain("token", 'Is missing: type "bearer" needs a token');
  }
  return { type: "none" };
});

const connectorsSchema = list(
  mapping({
    id: whole(1, 10_000).optional(),
    type: text(50).default("Type2"),
    maxPower: number({ above: 0, to: 10_000_000 }).default(22_000),
  }),
  1,
  1000,
).transform((given, context): ConnectorConfig[] => {
  const connectors = given.map((connector, index) => ({
    ...connector,
    id: connector.id ?? index + 1,
  }));
  connectors.forEach(({ id }, index) => {
    if (connectors.findIndex((other) => other.id === id) === index) return;
    const message = `Must be unique within the station, found: ${id} twice`;
    context.addIssue({ code: "custom", path: [index, "id"], message });
  });
  return connectors;
});

const stationShape = {
  id: stationId(),
  name: text(255).optional(),
  enabled: flag().default(true),
  autoStart: flag().default(true),
  protocolVersion: protocolVersion().prefault("1.6"),
  url: csmsUrl().optional(),
  auth: authSchema.optional(),
  tls: tlsSchema.optional(),
  securityProfile: z.literal([0, 1, 2, 3], {
    error: ({ input }) => mustBe("0, 1, 2 or 3", input),
  }).optional(),
  strictness: choice(["strict", "lenient"]).optional(),
  vendor: text(50).default("ocpp-emu"),
  model: text(20).default("Emulator"),
  serialNumber: text(25).optional(),
  firmwareVersion: text(50).optional(),
  iccid: text(20).optional(),
  imsi: text(20).optional(),
  connectors: connectorsSchema.prefault([{}]),
  meterValues: mapping({
    interval: duration("1s", "24h", "or 0").prefault("60s"),
    measurands: list(text(50), 0, 100).default(["Energy.Active.Import.Register"]),
    alignedInterval: duration("1s", "24h", "or 0").prefault(0),
  }).prefault({}),
  simulation: simulationSchema.optional(),
  tags: list(text(100), 0, 100).default([]),
};

/**
 * One station, in the camelCase of the HTTP API; config.yaml spells the same keys in snake_case.
 * Absent keys that have a default under `csms` or `simulation` stay `undefined`.
 */
export const stationSchema = mapping(stationShape);
export type StationInput = z.output<typeof stationSchema>;

/** How many stations one configuration may have. */
export const MOST_STATIONS = 100_000;

/** A station as template; `id` is a pattern like `CP{0001..1000}`. */
export const fleetSchema = mapping({
  ...stationShape,
  count: whole(1, MOST_STATIONS).optional(),
});
