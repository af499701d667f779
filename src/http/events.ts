import type { StateChange } from "../connection/mod.ts";
import type { StationChange } from "../station/mod.ts";
import { noStation } from "./connections.ts";
import { eventStream } from "./event_stream.ts";
import type { HttpPorts } from "./ports.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";

/**
 * Every change of a connection's state, of a connector, a transaction or a registration, and every
 * station that is made, changed or deleted, as server-sent events; `?stationId=` for one station.
 */
export function eventRoutes({ clock, connections, shutdown, stations, version }: HttpPorts) {
  const route: Route = {
    method: "GET",
    path: "/api/events",
    handle(c) {
      const { stationId } = readQuery(c, ["stationId"]);
      if (stationId !== undefined && connections.statistics(stationId) === undefined) {
        throw noStation(stationId);
      }
      const isWanted = (change: { readonly stationId: string }) =>
        stationId === undefined || change.stationId === stationId;
      return eventStream({
        clock,
        shutdown,
        hello: `ocpp-emu ${version}: one event for each change of a connection, connector, ` +
          "transaction, registration or station",
        subscribe(emit) {
          const leaveConnections = connections.subscribe((change) => {
            if (isWanted(change)) emit("state", describe(change));
          });
          const leaveStations = stations.subscribe((change) => {
            if (isWanted(change)) emit(change.type, describeStation(change));
          });
          return () => {
            leaveConnections();
            leaveStations();
          };
        },
        headOnly: c.req.method === "HEAD",
      });
    },
  };
  return [route];
}

/** Names for code, the cause for people; `retryAt` while it waits to dial again. */
function describe({ stationId, at, from, to, ended }: StateChange): unknown {
  return {
    stationId,
    at: iso(at),
    from: from.name,
    to: to.name,
    cause: ended ?? ("cause" in to ? to.cause : null),
    retryAt: to.name === "reconnecting" ? iso(to.retryAt) : null,
  };
}

/** As the fact has it, with times for people; its type is the event's name already. */
function describeStation({ type: _, stationId, at, ...facts }: StationChange): unknown {
  const described = { stationId, at: iso(at), ...facts };
  if (!("retryAt" in facts) || facts.retryAt === null) return described;
  return { ...described, retryAt: iso(facts.retryAt) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
