import type { StateChange } from "../connection/mod.ts";
import { noStation } from "./connections.ts";
import { eventStream } from "./event_stream.ts";
import type { HttpPorts } from "./ports.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";

/** Every change of a connection's state, as server-sent events; `?stationId=` for one station. */
export function eventRoutes(ports: HttpPorts): readonly Route[] {
  return [{
    method: "GET",
    path: "/api/events",
    handle(c) {
      const { stationId } = readQuery(c, ["stationId"]);
      if (stationId !== undefined && ports.connections.statistics(stationId) === undefined) {
        throw noStation(stationId);
      }
      return eventStream({
        clock: ports.clock,
        shutdown: ports.shutdown,
        hello: `ocpp-emu ${ports.version}: one event for each change of a connection's state`,
        subscribe: (emit) =>
          ports.connections.subscribe((change) => {
            if (stationId !== undefined && change.stationId !== stationId) return;
            emit("state", describe(change));
          }),
        headOnly: c.req.method === "HEAD",
      });
    },
  }];
}

/** Names for code, the cause for people; `retryAt` while it waits to dial again. */
function describe({ stationId, at, from, to, ended }: StateChange): unknown {
  return {
    stationId,
    at: new Date(at).toISOString(),
    from: from.name,
    to: to.name,
    cause: ended ?? ("cause" in to ? to.cause : null),
    retryAt: to.name === "reconnecting" ? new Date(to.retryAt).toISOString() : null,
  };
}
