import type { Context } from "hono";
import type { ConnectionStatistics } from "../connection/mod.ts";
import { readText } from "./body.ts";
import { listConnections } from "./connection_list.ts";
import { json } from "./json.ts";
import type { ConnectionsPort, HttpPorts } from "./ports.ts";
import { Problem } from "./problem.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";

/** The connections: how each is doing, and what can be done to one by hand. */
export function connectionRoutes({ connections, clock }: HttpPorts): readonly Route[] {
  const pause = () => clock.sleep(0);
  return [
    {
      method: "GET",
      path: "/api/connections",
      handle: async (c) =>
        json(200, await listConnections(connections, pause, readQuery(c, LIST_PARAMETERS))),
    },
    {
      method: "GET",
      path: "/api/connections/:id",
      handle: (c) => json(200, known(connections, c)),
    },
    {
      method: "POST",
      path: "/api/connections/:id/connect",
      handle: (c) => command(connections, c, "connect"),
    },
    {
      method: "POST",
      path: "/api/connections/:id/disconnect",
      handle: (c) => command(connections, c, "disconnect"),
    },
    {
      method: "POST",
      path: "/api/connections/:id/send",
      handle: (c) => send(connections, c),
    },
  ];
}

const LIST_PARAMETERS = ["state", "limit", "after"] as const;

/** Routes with `:id` only. */
function idOf(c: Context): string {
  return c.req.param("id") ?? "";
}

/** What is said of an id that nobody knows. */
export function noStation(id: string): Problem {
  return new Problem(404, `No station "${id}": GET /api/connections lists those there are`);
}

function known(connections: ConnectionsPort, c: Context): ConnectionStatistics {
  const id = idOf(c);
  const statistics = connections.statistics(id);
  if (statistics === undefined) throw noStation(id);
  return statistics;
}

function command(
  connections: ConnectionsPort,
  c: Context,
  what: "connect" | "disconnect",
): Response {
  const id = idOf(c);
  const done = connections[what](id);
  if (done === false) throw noStation(id);
  if (done === "disabled") {
    throw new Problem(409, `Cannot ${what} station "${id}": it is not enabled`);
  }
  if (done === "closed") {
    throw new Problem(409, `Cannot ${what} station "${id}": it is closed for good`);
  }
  return json(202, known(connections, c));
}

async function send(connections: ConnectionsPort, c: Context): Promise<Response> {
  // An unknown station is told before a large body is read.
  known(connections, c);
  const text = await readText(c.req.raw);
  const id = idOf(c);
  const status = connections.send(id, text);
  switch (status) {
    case "sent":
    case "queued":
      return json(202, { status });
    case "full":
      throw new Problem(
        429,
        `Cannot send to station "${id}": too many messages wait behind its slow socket`,
        { headers: { "retry-after": "1" } },
      );
    case "offline": {
      const { state, lastError } = known(connections, c);
      const why = lastError === null ? "" : ` (${lastError})`;
      throw new Problem(409, `Cannot send to station "${id}": it is ${state}${why}`);
    }
    case undefined:
      throw noStation(id);
    default:
      return status satisfies never;
  }
}
