import type { StationConfig, TlsConfig } from "../../config/mod.ts";
import type { Credentials, TargetChange, TlsOptions } from "../../connection/mod.ts";
import { Secret } from "../../log/mod.ts";
import { SUBPROTOCOLS } from "../../ocpp/mod.ts";
import { ownPassword } from "./credentials.ts";
import type { NetworkRecord } from "./network_record.ts";
import type { Route } from "./routes.ts";

/** What a target is made from. */
export interface Ground {
  readonly config: Pick<
    StationConfig,
    "auth" | "protocolVersions" | "securityProfile" | "tls" | "url"
  >;
  readonly record: NetworkRecord;
  /** The station's, whether the route needs them or not. */
  readonly credentials: Credentials;
  /** That a CSMS installed for itself, PEM. */
  roots(): readonly string[];
}

/** The security profile of a route. */
export function securityOf(
  { config, record }: Pick<Ground, "config" | "record">,
  { profile }: Route,
): number {
  return profile?.securityProfile ?? record.raised ?? config.securityProfile;
}

/** What a route means to a connection. */
export function targetOf(ground: Ground, route: Route): Required<TargetChange> {
  const { url, protocolVersions } = ground.config;
  const { profile } = route;
  const isSecure = securityOf(ground, route) >= 2;
  return {
    url: profile?.url ?? (isSecure ? url.replace(/^ws:/, "wss:") : url),
    credentials: credentialsFor(ground, route),
    tls: tlsFor(ground, route),
    subprotocols: (profile?.versions ?? protocolVersions).map((one) => SUBPROTOCOLS[one]),
  };
}

/** Whoever configures the station may combine what no profile describes; a CSMS may not. */
function credentialsFor(ground: Ground, route: Route): Credentials {
  const { config, record, credentials } = ground;
  const security = securityOf(ground, route);
  if (security === 1 || security === 2) {
    return ownPassword(credentials, route.profile?.password ?? null);
  }
  const isAsConfigured = route.profile === null && record.raised === null;
  if (!isAsConfigured || config.auth.type === "none") return { type: "none" };
  return credentials;
}

/** `null`: the runtime's own roots, no client certificate. */
export function tlsFor(ground: Ground, route: Route): TlsOptions | null {
  const { config, record } = ground;
  const security = securityOf(ground, route);
  const isAsConfigured = route.profile === null && record.raised === null;
  if (isAsConfigured ? !config.tls.enabled : security < 2) return null;
  const { caCert } = config.tls;
  const own = security === 3 || isAsConfigured ? ownTls(ground) : NO_CLIENT;
  const installed = ground.roots();
  // The same object for all who were configured alike.
  if (own === config.tls && installed.length === 0) return config.tls;
  const roots = [caCert, ...installed].filter((pem) => pem !== null && pem !== "");
  const { clientCert, clientKey } = own;
  const { insecureSkipVerify } = config.tls;
  return {
    caCert: roots.length === 0 ? null : roots.join("\n"),
    clientCert,
    clientKey,
    insecureSkipVerify,
  };
}

/** The certificate that the station shows where one is wanted. */
export function ownTls(
  { config, record: { identity } }: Pick<Ground, "config" | "record">,
): Pick<TlsConfig, "clientCert" | "clientKey"> {
  if (identity === null) return config.tls;
  return { clientCert: identity.certificate, clientKey: new Secret(identity.key) };
}

const NO_CLIENT = { clientCert: null, clientKey: null } as const;
