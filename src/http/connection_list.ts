import type { ConnectionStateName } from "../connection/mod.ts";
import type { ConnectionsPort } from "./ports.ts";
import { Problem } from "./problem.ts";

const STATES = {
  disconnected: true,
  connecting: true,
  connected: true,
  reconnecting: true,
  error: true,
  closed: true,
} as const satisfies Record<ConnectionStateName, true>;

const LARGEST_LIMIT = 10_000;

/** Which part of the list is wanted; nothing given is all of it. */
export interface ListQuery {
  readonly state?: string;
  readonly limit?: string;
  /** The id after which the page starts. */
  readonly after?: string;
}

/**
 * All connections as JSON text. Written by hand: an object would move ids like `42` to the front and
 * trip over `__proto__`, and the order of insertion is what `after` counts on.
 */
export function listConnections(connections: ConnectionsPort, query: ListQuery): string {
  const { state, after } = query;
  const limit = readLimit(query.limit);
  if (state !== undefined && !Object.hasOwn(STATES, state)) {
    const allowed = Object.keys(STATES).join(", ");
    throw new Problem(422, `Unknown state "${state}": it must be one of ${allowed}`);
  }
  if (after && connections.statistics(after) === undefined) {
    throw new Problem(422, `Cannot list what comes after "${after}": there is no such station`);
  }

  const census = connections.census();
  const total = Object.values(census).reduce((sum, count) => sum + count, 0);
  const entries: string[] = [];
  let last: string | null = null;
  let next: string | null = null;
  let skipping = Boolean(after);
  for (const id of connections.ids()) {
    if (skipping) {
      skipping = id !== after;
      continue;
    }
    const statistics = connections.statistics(id);
    if (statistics === undefined || (state !== undefined && statistics.state !== state)) continue;
    if (entries.length === limit) {
      next = last;
      break;
    }
    entries.push(`${JSON.stringify(id)}:${JSON.stringify(statistics)}`);
    last = id;
  }

  const head = `{"total":${total},"connected":${census.connected}`;
  const stations = `,"stations":{${entries.join(",")}}`;
  const asked = state !== undefined || after !== undefined || query.limit !== undefined;
  return head + stations + (asked ? `,"next":${JSON.stringify(next)}}` : "}");
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const limit = Number(text);
  if (!/^\d{1,5}$/.test(text) || limit < 1 || limit > LARGEST_LIMIT) {
    throw new Problem(
      422,
      `Cannot read limit "${text}": it must be a whole number from 1 to ${LARGEST_LIMIT}`,
    );
  }
  return limit;
}
