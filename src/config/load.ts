import { dirname, resolve } from "node:path";
import { type Clock, SystemClock } from "../clock/mod.ts";
import { configSchema } from "./config_schema.ts";
import { denoTryTls, type TryTls } from "./deno_tls.ts";
import { isMapping, toCamelCase } from "./keys.ts";
import { createLocator, hasPath } from "./locate.ts";
import { readEnvironment, readFlags, withValue } from "./overrides.ts";
import { Secret } from "../log/mod.ts";
import { ConfigError, snakeCase } from "./problem.ts";
import type { ReadFile } from "./read_file.ts";
import { Report } from "./report.ts";
import { resolveSecret } from "./secrets.ts";
import { simulationDefaults } from "./simulation.ts";
import { plainUrlSentence, type StationDefaults, warnOfUnusedTls } from "./station.ts";
import { check, readStations } from "./stations.ts";
import { StationReader } from "./station_reader.ts";
import { TlsReader } from "./tls.ts";
import type { AuthConfig, Config, StationConfig } from "./types.ts";
import { parseYaml, topLevelMapping } from "./yaml.ts";

/** Everything a configuration is made from, and the ports it is read through. */
export interface ConfigSources {
  /** `null`: there is none, the defaults rule. */
  readonly file: { readonly path: string; readonly text: string } | null;
  readonly environment: Readonly<Record<string, string>>;
  /** Keys like `csms.default_url`; `undefined` was not given. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly readFile: ReadFile;
  /** Absolute. Relative paths start there when there is no file. */
  readonly workingFolder: string;
  /** Whether the runtime can use a certificate; the real one unless told otherwise. */
  readonly tryTls?: TryTls;
  /** For the dates of certificates; the system's unless told otherwise. */
  readonly clock?: Pick<Clock, "now">;
}

const SHAPE = configSchema.shape;
type CsmsInput = ReturnType<typeof SHAPE.csms.parse>;

/**
 * Reads, merges and checks the configuration: flag before environment before file before default.
 *
 * @throws ConfigError with every problem at once
 * @throws TypeError when a flag's key is none of config.yaml
 */
export function loadConfig(sources: ConfigSources): Config {
  const { file, environment, readFile, workingFolder } = sources;
  const fileName = file === null ? null : resolve(workingFolder, file.path);
  const folder = fileName === null ? workingFolder : dirname(fileName);
  const { report, tree } = merge(sources);

  const camel = toCamelCase(tree, configSchema, [], {
    complain: report.complain,
    secret: (value, path) =>
      resolveSecret(
        value,
        { environment, readFile, folder },
        (message) => report.complain(path, message),
      ),
  }) as Record<string, unknown>;

  const server = check(SHAPE.server, camel.server ?? {}, ["server"], report);
  const logging = check(SHAPE.logging, camel.logging ?? {}, ["logging"], report);
  const storage = check(SHAPE.storage, camel.storage ?? {}, ["storage"], report);
  const written = check(SHAPE.simulation, camel.simulation ?? {}, ["simulation"], report);
  const simulation = simulationDefaults(written ?? SHAPE.simulation.parse({}));
  const { csms, sound } = readCsms(camel.csms ?? {}, report);
  checkBackoff(csms, camel.csms, report);

  const { tryTls = denoTryTls, clock = new SystemClock() } = sources;
  const tls = new TlsReader({ readFile, tryTls, clock, folder, report });
  const csmsTls = tls.resolve(csms.tls, (key) => ["csms", "tls", snakeCase(key)]);
  const shareAuth = sharedAuths();
  const defaults: StationDefaults = {
    url: csms.defaultUrl,
    tls: csms.tls,
    auth: csms.auth,
    strictness: csms.strictness,
    simulation,
    sound,
  };
  const stations = readStations(camel.fleets, camel.stations, { defaults, tls, report, shareAuth });
  if (sound) checkDefaults(csms, stations, report);
  warnOfInsecure(stations, csmsTls.insecureSkipVerify, report);

  const broken = report.problems.length > 0 || !server || !logging || !storage;
  if (broken) throw new ConfigError(report.problems);
  const { defaultUrl, maxReconnectAttempts, reconnectPolicy, reconnectJitter } = csms;
  const { maxConcurrentDials, sendQueue, strictness } = csms;
  const inFolder = (path: string) => resolve(folder, path);
  return {
    file: fileName,
    server: {
      host: server.host,
      port: server.port,
      apiToken: server.apiToken.reveal() === "" ? null : server.apiToken,
    },
    logging: {
      ...logging,
      output: /^std(out|err)$/.test(logging.output) ? logging.output : inFolder(logging.output),
    },
    storage: {
      path: storage.path === ":memory:" ? storage.path : inFolder(storage.path),
      messageRetention: storage.messageRetention,
      messageMaxAgeMs: storage.messageMaxAge,
    },
    csms: {
      defaultUrl,
      connectionTimeoutMs: csms.connectionTimeout,
      closeTimeoutMs: csms.closeTimeout,
      heartbeatIntervalMs: csms.heartbeatInterval,
      maxReconnectAttempts,
      reconnectPolicy,
      reconnectBackoffMs: csms.reconnectBackoff,
      reconnectMaxBackoffMs: csms.reconnectMaxBackoff,
      reconnectJitter,
      pingIntervalMs: csms.pingInterval,
      callTimeoutMs: csms.callTimeout,
      maxConcurrentDials,
      sendQueue,
      strictness,
      tls: csmsTls,
      auth: shareAuth(csms.auth),
    },
    simulation,
    stations,
    reader: new StationReader({ defaults, readFile, tryTls, clock, folder }),
    warnings: report.warnings,
  };
}

/** The file's tree with what environment and command line set, and a report that knows who set what. */
function merge({ file, environment, flags }: ConfigSources): { report: Report; tree: unknown } {
  const text = file?.text.replace(/^\ufeff/, "") ?? "";
  const parsed = parseYaml(text);
  const fileTree = "value" in parsed ? topLevelMapping(parsed.value) : {};
  const fromEnvironment = readEnvironment(environment, text);
  const fromFlags = readFlags(flags);
  const overrides = [...fromEnvironment.overrides, ...fromFlags.overrides];
  const report = new Report({
    file: file?.path ?? null,
    has: (path) => hasPath(fileTree, path),
    line: createLocator(text, fileTree),
    overrides: new Map(overrides.map(({ path, source }) => [path.join("."), source])),
  });
  const name = file?.path ?? "defaults";
  if ("message" in parsed) report.complainOf(name, parsed.message, parsed);
  if (fileTree === undefined) report.complainOf(name, "Must be a mapping of keys at its top level");
  for (const { source, message } of [...fromEnvironment.faults, ...fromFlags.faults]) {
    report.complainOf(source, message);
  }
  if ("message" in parsed || fileTree === undefined) throw new ConfigError(report.problems);
  const tree = overrides.reduce<unknown>(
    (before, { path, value }) => withValue(before, path, value),
    fileTree,
  );
  return { report, tree };
}

/** With its wrong keys replaced by defaults, so that the stations can be looked at all the same. */
function readCsms(value: unknown, report: Report): { csms: CsmsInput; sound: boolean } {
  const csms = check(SHAPE.csms, value, ["csms"], report);
  if (csms !== undefined) return { csms, sound: true };
  if (!isMapping(value)) return { csms: SHAPE.csms.parse({}), sound: false };
  const issues = SHAPE.csms.safeParse(value).error?.issues ?? [];
  const wrong = new Set(issues.map(({ path }) => String(path[0])));
  const right = Object.entries(value).filter(([key]) => !wrong.has(key));
  const inherited = ["defaultUrl", "tls", "auth"];
  return {
    csms: SHAPE.csms.parse(Object.fromEntries(right)),
    sound: !inherited.some((key) => wrong.has(key)),
  };
}

function checkBackoff(csms: CsmsInput, written: unknown, report: Report): void {
  const { reconnectBackoff: base, reconnectMaxBackoff: most } = csms;
  if (most >= base) return;
  if (isMapping(written) && written.reconnectMaxBackoff !== undefined) {
    const message = `Must not be shorter than reconnect_backoff (${base}ms), found: ${most}ms`;
    report.complain(["csms", "reconnect_max_backoff"], message);
  } else {
    const message = `Must not be longer than reconnect_max_backoff (${most}ms), found: ${base}ms`;
    report.complain(["csms", "reconnect_backoff"], message);
  }
}

/** The defaults among themselves; stations that use them were checked on the way. */
function checkDefaults(csms: CsmsInput, stations: readonly StationConfig[], report: Report): void {
  if (csms.tls.enabled && stations.length === 0 && /^ws:/i.test(csms.defaultUrl)) {
    report.complain(["csms", "default_url"], plainUrlSentence("tls.enabled under csms"));
  }
  // A station that turns TLS on takes the rest from here.
  if (stations.some(({ tls }) => tls.enabled)) return;
  warnOfUnusedTls(csms.tls, ["csms"], csms.tls, report);
}

function warnOfInsecure(
  stations: readonly StationConfig[],
  byDefault: boolean,
  report: Report,
): void {
  const message = "The server's certificate is not verified, anyone in between can read and change";
  if (byDefault) {
    report.warn(
      ["csms", "tls", "insecure_skip_verify"],
      `${message} (the default of all stations)`,
    );
    return;
  }
  const ids = stations.filter(({ tls }) => tls.insecureSkipVerify).map(({ id }) => `"${id}"`);
  if (ids.length === 0) return;
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : "";
  report.warn([], `${message} (stations ${ids.slice(0, 5).join(", ")}${more})`);
}

/** Ten thousand stations with one password keep one object. */
function sharedAuths(): (auth: AuthConfig) => AuthConfig {
  const known = new Map<string, AuthConfig>();
  return (auth) => {
    const name = JSON.stringify(
      Object.values(auth).map((value) => value instanceof Secret ? value.reveal() : value),
    );
    const first = known.get(name) ?? auth;
    known.set(name, first);
    return first;
  };
}
