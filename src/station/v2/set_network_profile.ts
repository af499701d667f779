import type { ProtocolVersion } from "../../config/mod.ts";
import type { v201, v21 } from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import { obeys } from "../dialect.ts";
import type { NetworkProfile } from "../network/profile.ts";
import { needObject, needText } from "./need.ts";
import { type ReasonCode, refusing } from "./status_info.ts";

/** Why a slot does not take a profile, in OCPP's words. */
const REASONS = {
  content: "InvalidNetworkConf", // B09.FR.02
  downgrade: "NoSecurityDowngrade", // B09.FR.04, FR.31
  slot: "InvalidConfSlot", // B09.FR.05
} as const satisfies Record<string, ReasonCode>;

/** What OCPP 2.0.1 can name that is spoken here: it has no word for 2.1. */
const VERSIONS: Readonly<Record<string, ProtocolVersion>> = { OCPP16: "1.6", OCPP20: "2.0.1" };

/** Keeps a network profile in a slot (B09) of 2.0.1, which says what is spoken there. */
export const setNetworkProfile201 = obeys<"2.0.1", "SetNetworkProfile">((station, request) =>
  set(station, request, (data) => VERSIONS[data.ocppVersion ?? ""] ?? "unknown")
);

/** The same of 2.1, where the handshake decides what is spoken. */
export const setNetworkProfile21 = obeys<"2.1", "SetNetworkProfile">((station, request) =>
  set(station, request, () => null)
);

type Data = v21.NetworkConnectionProfileType;

function set(
  station: Charger,
  { configurationSlot, connectionData }:
    | v201.SetNetworkProfileRequest
    | v21.SetNetworkProfileRequest,
  versionOf: (data: Data) => ProtocolVersion | "unknown" | null,
): { status: "Accepted" | "Rejected" } {
  const data: Data = needObject<Data>(connectionData, "connectionData");
  const refuse = refusing(station, "SetNetworkProfile", "Rejected");
  const version = versionOf(data);
  const offered = station.network.config.protocolVersions;
  if (version === "unknown" || version !== null && !offered.includes(version)) {
    const why = `it wants ${data.ocppVersion}, and the station speaks ${offered.join(", ")}`;
    return refuse(REASONS.content, why);
  }
  const unsupported = unsupportedIn(data, station.id);
  if (unsupported !== null) return refuse(REASONS.content, unsupported);
  const profile: NetworkProfile = {
    url: needText(data.ocppCsmsUrl, "ocppCsmsUrl"),
    securityProfile: data.securityProfile,
    messageTimeoutS: data.messageTimeout,
    interface: data.ocppInterface,
    versions: version === null ? null : [version],
    password: data.basicAuthPassword ?? null,
  };
  const fault = station.network.slots.set(configurationSlot, profile);
  return fault === null ? { status: "Accepted" } : refuse(REASONS[fault.rule], fault.why);
}

/** What this station cannot do, in a clause that begins with "it"; `null`: nothing of the kind is asked. */
function unsupportedIn(data: Data, stationId: string): string | null {
  if (data.ocppTransport !== "JSON") {
    return `it wants ${data.ocppTransport}, and there is JSON only`;
  }
  if (data.vpn !== undefined) return "it wants a VPN, and the station has none";
  if (data.apn !== undefined) return "it wants an APN of its own, and the station has none";
  if (data.identity === undefined || data.identity === stationId) return null;
  return `it wants identity "${data.identity}", and the station goes by its id alone`;
}
