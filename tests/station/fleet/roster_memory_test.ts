import assert from "node:assert/strict";
import type { StationChange } from "../../../src/station/mod.ts";
import { type RosterHarness, rosterHarness } from "../../support/roster_harness.ts";
import { CAR, HOUR_MS, TAG } from "../sessions.ts";

/** Everything that is remembered, as `kind key`. */
function remembered({ store }: RosterHarness): readonly string[] {
  return [...store.documents].flatMap(([kind, documents]) =>
    [...documents.keys()].map((key) => `${kind} ${key.replace("\n", " ")}`)
  );
}

/** A car has charged for an hour on connector 1 of CP1, and is gone. */
async function chargeAnHour(h: RosterHarness): Promise<void> {
  h.befriend();
  await h.done(h.roster.create({ id: "CP1" }));
  const driver = h.fleet.driver("CP1")!;
  await driver.plug(1, CAR);
  const deed = driver.authorize(1, TAG);
  await h.clock.settle();
  await deed;
  await h.clock.advance(HOUR_MS);
  const end = driver.unplug(1);
  await h.clock.settle();
  await end;
  await h.clock.advance(1_000);
}

function registerOf({ fleet }: RosterHarness): unknown {
  return fleet.view("CP1")!.connectors[0]!.meterWh;
}

Deno.test("of a station that was deleted nothing is remembered, and a new one with its id starts fresh", async () => {
  const h = await rosterHarness();
  await chargeAnHour(h);
  assert(Number(registerOf(h)) > 10_000);
  assert(remembered(h).some((one) => one.startsWith("connector CP1 ")));
  // In the middle of something: what it does on its way out must not stay either.
  await h.fleet.driver("CP1")!.plug(1, CAR);
  await h.done(h.roster.remove("CP1"));
  await h.clock.advance(60_000);
  assert.deepEqual(remembered(h), []);
  await h.done(h.roster.create({ id: "CP1" }));
  const [connector] = h.fleet.view("CP1")!.connectors;
  assert.deepEqual([connector!.plugged, connector!.meterWh], [false, 0]);
  await h.over();
});

Deno.test("a station that is built anew keeps its registers and what the CSMS configured", async () => {
  const h = await rosterHarness();
  await chargeAnHour(h);
  const before = registerOf(h);
  await h.done(h.roster.replace("CP1", { connectors: [{ id: 1 }, { id: 2 }] }));
  await h.fleet.driver("CP1")!.plug(1, CAR);
  assert.equal(registerOf(h), before);
  assert.equal(h.fleet.view("CP1")!.connectors.length, 2);
  await h.over();
});

Deno.test("a station that cannot be deleted, for the disk is full, is there as it was", async () => {
  const h = await rosterHarness();
  await chargeAnHour(h);
  const before = registerOf(h);
  h.kept.failure = new Error("the disk is full");
  const why = await h.refusal(h.roster.remove("CP1"));
  assert.match(why, /^Cannot keep the change over a restart: .*disk is full/);
  assert.equal(registerOf(h), before);
  h.kept.failure = null;
  await h.over();
});

Deno.test("who looks on hears of stations that are made, changed and deleted", async () => {
  const h = await rosterHarness();
  const heard: string[] = [];
  h.fleet.facts.subscribe((change: StationChange) => {
    if (change.type === "station") heard.push(`${change.stationId} ${change.event}`);
  });
  await h.done(h.roster.import([{ id: "CP1" }, { id: "CP2" }]));
  await h.done(h.roster.replace("CP1", { name: "one" }));
  await h.done(h.roster.stop("CP2"));
  await h.done(h.roster.remove("CP1"));
  assert.deepEqual(heard, [
    ...["CP1 created", "CP2 created", "CP1 changed", "CP2 changed", "CP1 deleted"],
  ]);
  await h.over();
});
