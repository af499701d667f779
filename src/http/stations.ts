import { noStation } from "./connections.ts";
import { json } from "./json.ts";
import { type PageQuery, takePage } from "./paging.ts";
import type { HttpPorts, StationsPort } from "./ports.ts";
import { readQuery } from "./query.ts";
import type { Route } from "./route.ts";
import { wholeStation } from "./station_crud.ts";

/** The stations: which there are, and each whole. What can be done to one is in `driving.ts`. */
export function stationRoutes(ports: HttpPorts): readonly Route[] {
  const { stations, clock } = ports;
  const pause = () => clock.sleep(0);
  return [
    {
      method: "GET",
      path: "/api/stations",
      handle: async (c) =>
        json(200, await listStations(stations, pause, readQuery(c, ["tag", "limit", "after"]))),
    },
    {
      method: "GET",
      path: "/api/stations/:id",
      handle(c) {
        const id = c.req.param("id") ?? "";
        const station = wholeStation(ports, id);
        if (station === undefined) throw noStation(id);
        return json(200, station);
      },
    },
  ];
}

/** `count` is of all that have the tag, on whatever page. */
async function listStations(
  stations: StationsPort,
  pause: () => Promise<void>,
  query: PageQuery & { readonly tag?: string },
) {
  const { tag } = query;
  const find = (id: string) => {
    const summary = stations.summary(id);
    return tag === undefined || summary?.tags.includes(tag) ? summary : undefined;
  };
  const isKnown = (id: string) => stations.summary(id) !== undefined;
  const { entries, next } = await takePage({ ids: stations.ids(), isKnown, find, pause }, query);
  const paged = query.limit !== undefined || query.after !== undefined;
  if (!paged) return { stations: entries, count: entries.length };
  const count = [...stations.ids()].filter((id) => tag === undefined || find(id)).length;
  return { stations: entries, count, next };
}
