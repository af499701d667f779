import type * as z from "zod";
import type { Deed, Driver } from "../station/mod.ts";
import { readJson } from "./body.ts";
import { checkBody } from "./check_body.ts";
import { noStation } from "./connections.ts";
import { oneConnector, readerOrConnector, stationOrConnector } from "./connector_choice.ts";
import { BODIES } from "./driving_bodies.ts";
import { json } from "./json.ts";
import type { HttpPorts, StationsPort } from "./ports.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

/** What a driver, a car, a fault or a tester does to a station. */
export function drivingRoutes({ stations }: HttpPorts): readonly Route[] {
  return [
    driving(stations, "plug", {
      body: BODIES.plug,
      where: oneConnector,
      act: (driver, at, { car }) => driver.plug(at, car),
    }),
    driving(stations, "unplug", {
      body: BODIES.unplug,
      where: oneConnector,
      act: (driver, at) => driver.unplug(at),
    }),
    driving(stations, "authorize", {
      body: BODIES.authorize,
      where: readerOrConnector,
      act: (driver, at, { idToken }) => driver.authorize(at, idToken),
    }),
    driving(stations, "start-transaction", {
      body: BODIES.startTransaction,
      where: oneConnector,
      act: (driver, at, { idToken = null }) => driver.startTransaction(at, idToken),
    }),
    driving(stations, "stop-transaction", {
      body: BODIES.stopTransaction,
      where: oneConnector,
      act: (driver, at, { reason, idToken }) => driver.stopTransaction(at, { reason, idToken }),
    }),
    driving(stations, "status", {
      body: BODIES.status,
      where: stationOrConnector,
      act: (driver, at, { status, errorCode, info }) =>
        driver.status(at, { status, errorCode, info }),
    }),
    driving(stations, "call", {
      body: BODIES.call,
      where: () => null,
      act: (driver, _, { action, payload }) => driver.call(action, payload),
    }),
  ];
}

/** One thing that can be done: what its body is, which connector it is about, and how it is done. */
interface Doing<Schema extends z.ZodType, At extends number | null> {
  readonly body: Schema;
  /** Throws a `Problem` when the station has no such connector. `null`: it is about none. */
  where(connectors: readonly number[], body: z.output<Schema>): At;
  act(driver: Driver, at: At, body: z.output<Schema>): Promise<Deed>;
}

function driving<Schema extends z.ZodType, At extends number | null>(
  stations: StationsPort,
  name: string,
  doing: Doing<Schema, At>,
): Route {
  return {
    method: "POST",
    path: `/api/stations/:id/${name}`,
    async handle(c) {
      const id = c.req.param("id") ?? "";
      const [driver, summary] = [stations.driver(id), stations.summary(id)];
      // An unknown station is told before a large body is read.
      if (driver === undefined || summary === undefined) throw noStation(id);
      const body = checkBody(doing.body, await readJson(c.req.raw));
      const at = doing.where(summary.connectors.map((connector) => connector.id), body);
      return answer(
        await doing.act(driver, at, body),
        (picked) => stateNow(stations, id, picked ?? at),
      );
    },
  };
}

/** @param state how things stand at the connector that the station picked, if it was left to it */
function answer(deed: Deed, state: (connectorId?: number) => object): Response {
  switch (deed.kind) {
    case "done": {
      const { connectorId, transactionId, csms } = deed;
      return json(200, { ...state(connectorId), transactionId, csms });
    }
    case "queued": {
      const { connectorId, transactionId } = deed;
      return json(202, { ...state(connectorId), transactionId, queued: true });
    }
    case "refused":
      throw new Problem(409, deed.reason, { members: { csms: deed.csms } });
    case "invalid":
      throw new Problem(422, deed.message);
    case "timeout":
      throw new Problem(504, deed.message);
    default:
      return deed satisfies never;
  }
}

/** The status of the connector that it was about; of all when it was about none or the station. */
function stateNow(stations: StationsPort, stationId: string, connectorId: number | null): object {
  const connectors = stations.summary(stationId)?.connectors ?? [];
  const status = connectors.find(({ id }) => id === connectorId)?.status;
  const where = connectorId === null ? { stationId } : { stationId, connectorId };
  return status === undefined ? { ...where, connectors } : { ...where, status };
}
