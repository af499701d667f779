import type { Context } from "hono";
import { readJson } from "./body.ts";
import { noStation } from "./connections.ts";
import { json } from "./json.ts";
import type { HttpPorts } from "./ports.ts";
import { doneOrProblem } from "./roster_answer.ts";
import type { Route } from "./route.ts";

/** Stations are made, changed, removed, started and stopped. */
export function stationCrudRoutes(ports: HttpPorts): readonly Route[] {
  const { roster, stations } = ports;
  const onOff = (name: "start" | "stop"): Route => ({
    method: "PATCH",
    path: `/api/stations/:id/${name}`,
    async handle(c) {
      const id = idOf(c);
      const { warnings } = doneOrProblem(await roster[name](id), id);
      return json(200, withWarnings(stations.summary(id), warnings));
    },
  });
  return [
    {
      method: "POST",
      path: "/api/stations",
      async handle(c) {
        const { ids, warnings } = doneOrProblem(await roster.create(await readJson(c.req.raw)));
        return created(ports, ids[0] ?? "", warnings);
      },
    },
    {
      method: "POST",
      path: "/api/stations/:id/clone",
      async handle(c) {
        const id = known(ports, c);
        const { ids, warnings } = doneOrProblem(
          await roster.clone(id, await readJson(c.req.raw)),
          id,
        );
        return created(ports, ids[0] ?? "", warnings);
      },
    },
    {
      method: "PUT",
      path: "/api/stations/:id",
      async handle(c) {
        const id = known(ports, c);
        const { warnings } = doneOrProblem(
          await roster.replace(id, await readJson(c.req.raw)),
          id,
        );
        return json(200, wholeStation(ports, id, warnings));
      },
    },
    {
      method: "DELETE",
      path: "/api/stations/:id",
      async handle(c) {
        const id = idOf(c);
        doneOrProblem(await roster.remove(id), id);
        return new Response(null, { status: 204 });
      },
    },
    onOff("start"),
    onOff("stop"),
  ];
}

/** A station as it is, and how it was defined. */
export function wholeStation(
  { roster, stations }: HttpPorts,
  id: string,
  warnings: readonly string[] = [],
): object | undefined {
  const view = stations.view(id);
  return view && withWarnings({ ...view, definition: roster.definition(id) }, warnings);
}

function created(ports: HttpPorts, id: string, warnings: readonly string[]): Response {
  const location = `/api/stations/${encodeURIComponent(id)}`;
  return json(201, wholeStation(ports, id, warnings), { location });
}

/** Warnings are there when there are any. */
function withWarnings(value: object | undefined, warnings: readonly string[]): object | undefined {
  return warnings.length === 0 ? value : { ...value, warnings };
}

/** An unknown station is told before a large body is read. */
function known({ stations }: HttpPorts, c: Context): string {
  const id = idOf(c);
  if (stations.summary(id) === undefined) throw noStation(id);
  return id;
}

/** Routes with `:id` only. */
function idOf(c: Context): string {
  return c.req.param("id") ?? "";
}
