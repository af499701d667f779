import { identityOddity, passwordOddity } from "./oddities.ts";
import { type Path, snakeCase } from "./problem.ts";
import type { Report } from "./report.ts";
import { deriveProfile, disagreement } from "./security.ts";
import { resolveSimulation, tokenProblem } from "./simulation.ts";
import type { StationInput, TlsInput } from "./station_schema.ts";
import type { TlsReader } from "./tls.ts";
import type { AuthConfig, SimulationConfig, StationConfig, Strictness } from "./types.ts";

/** What a station takes over when it says nothing itself. */
export interface StationDefaults {
  readonly url: string;
  readonly tls: TlsInput;
  readonly auth: AuthConfig;
  readonly strictness: Strictness;
  readonly simulation: SimulationConfig;
  /** `false`: they were wrong and reported, so nothing can be compared with them. */
  readonly sound: boolean;
}

/** What is resolved once and shared by many stations. */
export interface StationContext {
  readonly defaults: StationDefaults;
  readonly tls: TlsReader;
  readonly report: Report;
  /** Equal settings become one object. */
  shareAuth(auth: AuthConfig): AuthConfig;
}

/** A station without what makes it this one. */
export type StationTemplate = Omit<StationConfig, "id" | "name" | "written">;

/**
 * Fills in what the station takes over, and checks that its parts agree. `ids` are those it will be
 * used for; the first and the last are looked at.
 */
export function resolveStation(
  input: StationInput,
  path: Path,
  ids: readonly string[],
  context: StationContext,
): StationTemplate {
  const { defaults } = context;
  const url = input.url ?? defaults.url;
  const tlsInput = { ...defaults.tls, ...input.tls };
  const auth = context.shareAuth(input.auth ?? defaults.auth);
  const facts = {
    wss: /^wss:/i.test(url),
    auth: auth.type,
    clientCertificate: tlsInput.enabled === true && (tlsInput.clientCert ?? "") !== "",
  };
  if (defaults.sound) {
    checkEncryption(input, facts.wss, path, context);
    const wrong = input.securityProfile === undefined
      ? null
      : disagreement(input.securityProfile, facts);
    if (wrong !== null) context.report.complain([...path, "security_profile"], wrong);
  }
  checkNames(input, auth, path, ids, context.report);
  const simulation = resolveSimulation(input.simulation, defaults.simulation);
  const wrongTokens = tokenProblem(simulation, input.protocolVersion);
  if (wrongTokens !== null) {
    const owner = input.simulation?.idTokens === undefined ? [] : path;
    context.report.complain([...owner, "simulation", "id_tokens"], wrongTokens);
  }
  return {
    enabled: input.enabled,
    autoStart: input.autoStart,
    protocolVersions: input.protocolVersion,
    url,
    auth,
    tls: context.tls.resolve(tlsInput, (key) => {
      const own = input.tls?.[key] !== undefined || (input.tls && !defaults.tls[key]);
      return [...(own ? path : ["csms"]), "tls", snakeCase(key)];
    }),
    securityProfile: input.securityProfile ?? deriveProfile(facts),
    strictness: input.strictness ?? defaults.strictness,
    vendor: input.vendor,
    model: input.model,
    serialNumber: input.serialNumber ?? null,
    firmwareVersion: input.firmwareVersion ?? null,
    iccid: input.iccid ?? null,
    imsi: input.imsi ?? null,
    connectors: input.connectors,
    meterValues: {
      intervalMs: input.meterValues.interval,
      measurands: input.meterValues.measurands,
      alignedIntervalMs: input.meterValues.alignedInterval,
    },
    simulation,
    tags: input.tags,
  };
}

/** TLS needs a `wss:` URL; the complaint goes to whoever wrote the half that is out of line. */
function checkEncryption(
  input: StationInput,
  wss: boolean,
  path: Path,
  { defaults, report }: StationContext,
): void {
  if (input.tls !== undefined) {
    warnOfUnusedTls(input.tls, path, { ...defaults.tls, ...input.tls }, report);
  }
  if (wss || !(input.tls?.enabled ?? defaults.tls.enabled)) return;
  const ownUrl = input.url !== undefined;
  if (!ownUrl && input.tls?.enabled === undefined) {
    report.complain(["csms", "default_url"], plainUrlSentence("tls.enabled under csms"));
  } else if (ownUrl) {
    const switched = input.tls?.enabled === undefined ? "tls.enabled under csms" : "tls.enabled";
    report.complain([...path, "url"], plainUrlSentence(switched));
  } else {
    report.complain(
      [...path, "tls", "enabled"],
      "Must be false, or the station needs a url that starts with wss://: default_url is plain ws://",
    );
  }
}

/** What to say about a `ws:` URL where TLS is turned on. */
export function plainUrlSentence(switched: string): string {
  return `Must start with wss:// because ${switched} is true, found: a plain ws:// URL ` +
    "(or turn tls off with enabled: false)";
}

/** TLS settings that nobody looks at. */
export function warnOfUnusedTls(
  written: TlsInput,
  path: Path,
  { enabled }: TlsInput,
  report: Report,
): void {
  if (enabled) return;
  const given = (["caCert", "clientCert", "clientKey"] as const).some((key) => written[key]);
  if (!given && !written.insecureSkipVerify) return;
  report.warn([...path, "tls"], "These settings have no effect while enabled is false");
}

function checkNames(
  input: StationInput,
  auth: AuthConfig,
  path: Path,
  ids: readonly string[],
  report: Report,
): void {
  const versions = input.protocolVersion;
  const ends = [...new Set([ids[0] ?? "", ids.at(-1) ?? ""])];
  const colon = ends.find((id) => id.includes(":"));
  if (auth.type === "basic" && auth.username === null && colon !== undefined) {
    report.complain(
      [...path, "id"],
      `Must not contain ":", the id is the user name of Basic authentication, found: "${colon}"`,
    );
  }
  const odd = ends.map((id) => identityOddity(id, versions)).find((oddity) => oddity !== null);
  if (odd !== undefined) report.warn([...path, "id"], odd);
  const password = passwordOddity(auth, versions);
  if (password !== null) {
    const owner = input.auth === undefined ? ["csms"] : path;
    report.warn([...owner, "auth", password.key], password.message);
  }
  if (versions.includes("1.6") && input.vendor.length > 20) {
    report.complain(
      [...path, "vendor"],
      `Must have at most 20 characters in OCPP 1.6, found: ${input.vendor.length}`,
    );
  }
}
