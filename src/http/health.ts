import { json } from "./json.ts";
import type { HttpPorts } from "./ports.ts";
import type { Route } from "./route.ts";

/** Is the program alive, and how many stations are connected? Costs the same for any number of them. */
export function healthRoutes(ports: HttpPorts): readonly Route[] {
  return [{
    method: "GET",
    path: "/health",
    handle() {
      const database = ports.database();
      const census = ports.connections.census();
      const total = Object.values(census).reduce((sum, count) => sum + count, 0);
      return json(database === "failed" ? 503 : 200, {
        status: database === "failed" ? "unhealthy" : "healthy",
        version: ports.version,
        database,
        stations: { connected: census.connected, total },
      });
    },
  }];
}
