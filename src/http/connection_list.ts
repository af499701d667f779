import type { ConnectionStateName } from "../connection/mod.ts";
import { type PageQuery, takePage } from "./paging.ts";
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

/** Which part of the list is wanted; nothing given is all of it. */
export interface ListQuery extends PageQuery {
  readonly state?: string;
}

/**
 * All connections as JSON text. Written by hand: an object would move ids like `42` to the front and
 * trip over `__proto__`, and the order of insertion is what `after` counts on.
 */
export async function listConnections(
  connections: ConnectionsPort,
  pause: () => Promise<void>,
  query: ListQuery,
): Promise<string> {
  const { state } = query;
  if (state !== undefined && !Object.hasOwn(STATES, state)) {
    const allowed = Object.keys(STATES).join(", ");
    throw new Problem(422, `Unknown state "${state}": it must be one of ${allowed}`);
  }
  const { entries, next } = await takePage({
    ids: connections.ids(),
    isKnown: (id) => connections.statistics(id) !== undefined,
    find(id) {
      const statistics = connections.statistics(id);
      if (statistics === undefined || (state !== undefined && statistics.state !== state)) return;
      return `${JSON.stringify(id)}:${JSON.stringify(statistics)}`;
    },
    pause,
  }, query);

  const census = connections.census();
  const total = Object.values(census).reduce((sum, count) => sum + count, 0);
  const head = `{"total":${total},"connected":${census.connected}`;
  const stations = `,"stations":{${entries.join(",")}}`;
  const asked = state !== undefined || query.after !== undefined || query.limit !== undefined;
  return head + stations + (asked ? `,"next":${JSON.stringify(next)}}` : "}");
}
