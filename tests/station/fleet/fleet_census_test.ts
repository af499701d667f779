import assert from "node:assert/strict";
import { takeCensus } from "../../../src/station/fleet/fleet_census.ts";
import { stationHarness } from "../../support/station_harness.ts";

Deno.test("a census counts registrations, running transactions and what waits for an answer", async () => {
  const one = await stationHarness();
  const { station, clock } = one;
  assert.deepEqual(takeCensus([station]), {
    registrations: { unknown: 1, accepted: 0, pending: 0, rejected: 0 },
    transactions: 0,
    queued: 0,
  });
  await one.boot();
  const started = station.driver.startTransaction(1, { idToken: "T1", type: "Central" });
  await clock.advance(10_000);
  await started;
  await one.lose();
  await clock.advance(3_600_000);
  const { registrations, transactions, queued } = takeCensus([station]);
  assert.deepEqual([registrations.accepted, transactions], [1, 1]);
  assert(queued > 0, "meter values wait for the connection");
  await one.over();
});
