import type { Log } from "../log/mod.ts";
import type { Cause } from "./cause.ts";
import type { Connection, TargetChange } from "./connection.ts";

/** What a change may name, in words. */
const PARTS = {
  url: "URL",
  credentials: "credentials",
  tls: "TLS settings",
  subprotocols: "subprotocols",
} as const satisfies Record<keyof TargetChange, string>;

/** One line that says what changed, or why it did not, and never a secret. */
export function logRetarget(
  log: Log,
  { stationId: station, url }: Pick<Connection, "stationId"> & { readonly url: string },
  change: TargetChange,
  outcome: Cause | null | "untried",
): void {
  const named = Object.entries(PARTS).filter(([key]) => key in change).map(([, words]) => words);
  const what = named.join(" and ") || "target";
  if (outcome === null) {
    return log.info(`Changed the ${what}: the CSMS took the connection`, { station, url });
  }
  if (outcome === "untried") {
    const why = "nothing has connected yet that one could go back to";
    return log.info(`Changed the ${what} untried: ${why}`, { station, url });
  }
  const { kind: cause, message } = outcome;
  const then = cause === "asked" ? "" : "; the connection goes back to what worked before";
  log.warn(`Cannot change the ${what}: ${message}${then}`, { station, cause });
}
