import { mustBe } from "../config/mod.ts";
import { readJson } from "./body.ts";
import { invalidBody } from "./check_body.ts";
import { json } from "./json.ts";
import { takePage } from "./paging.ts";
import type { HttpPorts } from "./ports.ts";
import { Problem } from "./problem.ts";
import { readQuery } from "./query.ts";
import { doneOrProblem } from "./roster_answer.ts";
import type { Route } from "./route.ts";

/** Many stations at once, out of one emulator and into another. */
export function stationTransferRoutes({ roster, stations, clock }: HttpPorts): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/api/stations/export",
      async handle(c) {
        const query = readQuery(c, ["source", "tag", "limit", "after"]);
        const { source, tag } = query;
        if (source !== undefined && source !== "api" && source !== "config") {
          throw new Problem(422, `Cannot read source "${source}": it must be "api" or "config"`);
        }
        const { entries, next } = await takePage({
          ids: stations.ids(),
          isKnown: (id) => stations.summary(id) !== undefined,
          find(id) {
            const summary = stations.summary(id);
            if (source !== undefined && summary?.source !== source) return undefined;
            if (tag !== undefined && !summary?.tags.includes(tag)) return undefined;
            return roster.definition(id);
          },
          pause: () => clock.sleep(0),
        }, query);
        const paged = query.limit !== undefined || query.after !== undefined;
        return json(200, { stations: entries, ...(paged ? { next } : {}) });
      },
    },
    {
      method: "POST",
      path: "/api/stations/import",
      async handle(c) {
        const values = stationsOf(await readJson(c.req.raw));
        const { ids, warnings } = doneOrProblem(await roster.import(values));
        return json(201, {
          stations: ids.map((id) => stations.summary(id)),
          count: ids.length,
          ...(warnings.length > 0 ? { warnings } : {}),
        });
      },
    },
  ];
}

/** What an export says, or just the list in it. */
function stationsOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  const stations = typeof body === "object" && body !== null && "stations" in body
    ? body.stations
    : undefined;
  if (Array.isArray(stations)) return stations;
  const message = mustBe("a list of stations, as GET /api/stations/export gives it", stations);
  throw invalidBody([{ path: "stations", message }]);
}
