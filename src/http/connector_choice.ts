import { mustBe } from "../config/mod.ts";
import { invalidBody } from "./check_body.ts";

/** The part of a body that names a connector. */
interface Body {
  readonly connectorId?: number | undefined;
}

/** How many connectors a sentence lists. */
const MOST_LISTED = 20;

/** The connector that a body names, or the only one there is. @throws Problem 422 */
export function oneConnector(connectors: readonly number[], { connectorId }: Body): number {
  return choose(connectors, connectorId ?? onlyOne(connectors));
}

/** As {@link oneConnector}, and 0 is the station as a whole. @throws Problem 422 */
export function stationOrConnector(connectors: readonly number[], { connectorId }: Body): number {
  return choose([0, ...connectors], connectorId ?? onlyOne(connectors));
}

/** As {@link oneConnector}, but a station of several has one reader: `null`. @throws Problem 422 */
export function readerOrConnector(connectors: readonly number[], body: Body): number | null {
  if (body.connectorId === undefined && connectors.length > 1) return null;
  return oneConnector(connectors, body);
}

function onlyOne(connectors: readonly number[]): number | undefined {
  return connectors.length === 1 ? connectors[0] : undefined;
}

function choose(allowed: readonly number[], wanted: number | undefined): number {
  if (wanted !== undefined && allowed.includes(wanted)) return wanted;
  throw invalidBody([{ path: "connectorId", message: mustBe(choiceOf(allowed), wanted) }]);
}

/** `1, 2 or 3`. */
function choiceOf(ids: readonly number[]): string {
  if (ids.length > MOST_LISTED) return "one of the ids that GET /api/stations/:id shows";
  return ids.length < 2 ? ids.join() : `${ids.slice(0, -1).join(", ")} or ${ids.at(-1)}`;
}
