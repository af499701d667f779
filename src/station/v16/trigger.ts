import type { Charger, Triggered } from "../charger.ts";
import { Answer } from "../dialect.ts";

/** Messages that are said of a connector; to the others a connector id means nothing (§5.17). */
const OF_A_CONNECTOR: readonly Triggered[] = ["meterValues", "status"];

/** What TriggerMessage and its extension answer alike. The message follows the answer (§5.17). */
export function trigger(
  station: Charger,
  what: Triggered | undefined,
  connectorId: number | undefined,
  extended = false,
): { status: "NotImplemented" | "Rejected" } | Answer<{ status: "Accepted" }> {
  if (what === undefined) return { status: "NotImplemented" };
  const connector = OF_A_CONNECTOR.includes(what) ? connectorId ?? null : null;
  const why = obstacle(station, what, connector);
  if (why !== null) {
    station.log.info(`The trigger is rejected: ${why}`, { what, connectorId });
    return { status: "Rejected" };
  }
  return new Answer({ status: "Accepted" }, () => station.trigger(what, connector, extended));
}

/** Why it can never be said, as things stand. */
function obstacle(station: Charger, what: Triggered, connector: number | null): string | null {
  // 0 is the station itself, which has a status and a main meter.
  if (connector !== null && connector !== 0 && station.connector(connector) === undefined) {
    return "there is no such connector";
  }
  const isNameless = what === "signCertificate" && station.settings.get("cpoName") === "";
  return isNameless ? "CpoName is not set, and a certificate needs it" : null;
}
