import { readText } from "./body.ts";
import { json } from "./json.ts";
import type { HttpPorts } from "./ports.ts";
import type { Route } from "./route.ts";

/** One text to every station, as a frame, verbatim. */
export function broadcastRoutes(ports: HttpPorts): readonly Route[] {
  return [{
    method: "POST",
    path: "/api/broadcast",
    async handle(c) {
      return json(202, ports.connections.broadcast(await readText(c.req.raw)));
    },
  }];
}
