import { Hono } from "hono";
import { describeError } from "../log/mod.ts";
import { accessRules } from "./access.ts";
import { broadcastRoutes } from "./broadcast.ts";
import { connectionRoutes } from "./connections.ts";
import { drivingRoutes } from "./driving.ts";
import { eventRoutes } from "./events.ts";
import { healthRoutes } from "./health.ts";
import { messageRoutes } from "./messages.ts";
import { metricsRoutes } from "./metrics.ts";
import type { HttpPorts } from "./ports.ts";
import { Problem, problemResponse } from "./problem.ts";
import { readyRoutes } from "./ready.ts";
import { stationCrudRoutes } from "./station_crud.ts";
import { stationTransferRoutes } from "./station_transfer.ts";
import { stationRoutes } from "./stations.ts";

/** The HTTP API as a value: nothing listens yet, `app.request("/health")` asks it. */
export function createHttp(ports: HttpPorts): Hono {
  const routes = [
    ...healthRoutes(ports),
    ...readyRoutes(ports),
    ...connectionRoutes(ports),
    ...broadcastRoutes(ports),
    // Before the paths with an id, one of which would take "export" for it.
    ...stationTransferRoutes(ports),
    ...stationRoutes(ports),
    ...stationCrudRoutes(ports),
    ...drivingRoutes(ports),
    ...eventRoutes(ports),
    ...messageRoutes(ports),
    ...metricsRoutes(ports),
  ];
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.res.headers.set("cache-control", "no-store");
    c.res.headers.set("x-content-type-options", "nosniff");
  });
  app.use(accessRules(ports.access));

  for (const { method, path, handle } of routes) app.on(method, path, handle);
  for (const [path, here] of Map.groupBy(routes, (route) => route.path)) {
    const methods = here.flatMap(({ method }) => method === "GET" ? ["GET", "HEAD"] : [method]);
    const allow = methods.join(", ");
    app.all(path, (c) => {
      throw new Problem(405, `${c.req.method} is not possible here: allowed are ${allow}`, {
        headers: { allow },
      });
    });
  }
  const paths = routes.map(({ method, path }) => `${method} ${path}`);
  app.all("*", (c) => {
    throw new Problem(404, `No such path "${c.req.path}"`, { members: { paths } });
  });

  app.onError((thrown, c) => {
    if (thrown instanceof Problem) return problemResponse(thrown, c.req.url);
    ports.log.error(`Cannot answer ${c.req.method} ${c.req.path}: ${describeError(thrown)}`, {
      stack: thrown.stack,
    });
    const unexpected = new Problem(500, "Something failed inside the emulator: its log says what");
    return problemResponse(unexpected, c.req.url);
  });
  return app;
}
