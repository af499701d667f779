import type { HttpPorts } from "./ports.ts";
import { METRICS_TYPE, writeMetrics } from "./prometheus.ts";
import type { Route } from "./route.ts";

/** How the program is doing, for Prometheus. */
export function metricsRoutes({ metrics }: HttpPorts): readonly Route[] {
  return [{
    method: "GET",
    path: "/metrics",
    handle: () =>
      new Response(writeMetrics(metrics()), { headers: { "content-type": METRICS_TYPE } }),
  }];
}
