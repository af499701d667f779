import assert from "node:assert/strict";
import type { Deed } from "../../src/station/mod.ts";
import { stationHarness } from "../support/station_harness.ts";
import { CAR, charge, INVALID, OTHER, status, TAG } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** Why it was refused. */
function why(deed: Deed): string {
  assert(deed.kind === "refused", JSON.stringify(deed));
  return deed.reason;
}

Deno.test("a connector that does not exist is named, with those that do", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  const { driver } = harness.station;
  for (
    const deed of [
      driver.plug(3),
      driver.unplug(3),
      driver.authorize(3, TAG),
      driver.startTransaction(3, TAG),
      driver.stopTransaction(3, {}),
      driver.status(3, { status: "Faulted" }),
    ]
  ) assert.equal(why(await deed), "There is no connector 3: this station has 1, 2");
  assert.deepEqual(harness.said, []);
  await harness.over();
});

Deno.test("a cable goes in once and comes out once", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  assert.match(why(await driver.unplug(1)), /^No car is plugged in/);
  assert.deepEqual(await driver.plug(1), { kind: "done" });
  assert.match(why(await driver.plug(1)), /has a car already$/);
  assert.deepEqual(await driver.unplug(1), { kind: "done" });
  await harness.clock.settle();
  assert.deepEqual(harness.said, [
    "StatusNotification Preparing",
    "StatusNotification Available",
  ]);
  await harness.over();
});

Deno.test("nobody can charge before the boot is accepted (1.6 §4.2)", async () => {
  const harness = await stationHarness({
    replies: {
      BootNotification: { status: "Pending", currentTime: "2026-01-01T00:00:00Z", interval: 60 },
    },
  });
  await harness.open();
  const { driver } = harness.station;
  await driver.plug(1);
  assert.match(why(await driver.authorize(1, TAG)), /not accepted the station's boot/);
  assert.match(why(await driver.call("Heartbeat", {})), /not accepted the station's boot/);
  assert.deepEqual(harness.csms.actions, ["BootNotification"]);
  await harness.over();
});

Deno.test("a token that the CSMS does not accept charges nothing (1.6 §4.1)", async () => {
  const harness = await (await stationHarness({ replies: { Authorize: INVALID } })).boot();
  const deed = await charge(harness);
  assert.equal(why(deed), 'The CSMS does not accept "TAG-1": Invalid');
  assert(deed.kind === "refused");
  assert.deepEqual(deed.csms, { action: "Authorize", payload: INVALID });
  assert.equal(status(harness), "Preparing");
  await harness.over();
});

Deno.test("a token that is presented again before the car comes is taken back", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  await driver.authorize(1, TAG);
  assert.deepEqual(await driver.authorize(1, TAG), { kind: "done" });
  assert.equal(status(harness), "Available");
  await harness.clock.settle();
  assert.deepEqual(harness.said, [
    "Authorize",
    "StatusNotification Preparing",
    "StatusNotification Available",
  ]);
  await harness.clock.advance(31_000);
  assert.equal(harness.clock.pending, 1, "only the heartbeat is left");
  await harness.over();
});

Deno.test("the token of a transaction ends it, another does not (1.6 §4.10, §4.1)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  harness.forget();
  const other = await harness.station.driver.authorize(1, OTHER);
  assert.match(why(other), /^Another token's transaction/);
  assert.deepEqual(harness.said, [], "nobody needs to be asked");
  const deed = await harness.station.driver.authorize(1, { ...TAG, idToken: "tag-1" });
  await harness.clock.settle();
  assert(deed.kind === "done" && deed.transactionId === 1);
  assert.deepEqual(harness.said, ["StopTransaction", "StatusNotification Finishing"]);
  const { idTag, reason, transactionId } = harness.only("StopTransaction");
  assert.deepEqual([idTag, reason, transactionId], ["tag-1", "Local", 1]);
  await harness.over();
});

Deno.test("a token of the same group ends it, once the CSMS has said so (1.6 §3.10)", async () => {
  const groups: Record<string, string> = { "TAG-1": "HOME", "TAG-2": "HOME", "TAG-3": "WORK" };
  const harness = await (await stationHarness({
    replies: {
      Authorize: ({ idTag }) => ({
        idTagInfo: { status: "Accepted", parentIdTag: groups[String(idTag)]! },
      }),
    },
  })).boot();
  await charge(harness);
  const { driver } = harness.station;
  assert.match(
    why(await driver.authorize(1, { ...TAG, idToken: "TAG-3" })),
    /^Another token's transaction/,
  );
  assert.equal(status(harness), "Charging");
  assert.equal((await driver.authorize(1, OTHER)).kind, "done");
  assert.equal(harness.only("StopTransaction").idTag, "TAG-2");
  await harness.over();
});

Deno.test("of two tokens at once the one that is accepted first charges", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.station.driver.plug(1, CAR);
  const [first, second] = await Promise.all([
    harness.station.driver.authorize(1, TAG),
    harness.station.driver.authorize(1, OTHER),
  ]);
  assert(first.kind === "done" && first.transactionId === 1);
  assert.equal(why(second), "A transaction runs on connector 1 already");
  assert.equal(harness.only("StartTransaction").idTag, "TAG-1");
  await harness.over();
});

Deno.test("whoever was accepted keeps the connector until the car comes", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  const [first, second] = await Promise.all([driver.authorize(1, TAG), driver.authorize(1, OTHER)]);
  assert.equal(first.kind, "done");
  assert.equal(why(second), 'Connector 1 waits for the car of "TAG-1"');
  assert.match(why(await driver.startTransaction(1, OTHER)), /waits for the car of "TAG-1"$/);
  await driver.plug(1, CAR);
  assert.equal(harness.only("StartTransaction").idTag, "TAG-1");
  await harness.over();
});

Deno.test("one token twice at once starts one transaction", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  await driver.plug(1, CAR);
  const deeds = await Promise.all([driver.authorize(1, TAG), driver.authorize(1, TAG)]);
  assert.deepEqual(deeds.map(({ kind }) => kind), ["done", "refused"]);
  assert.equal(harness.payloads("StartTransaction").length, 1);
  await harness.over();
});

Deno.test("startTransaction does all that it takes", async () => {
  const harness = await (await stationHarness()).boot();
  const deed = await harness.station.driver.startTransaction(1, TAG);
  await harness.clock.settle();
  assert(deed.kind === "done" && deed.transactionId === 1);
  assert.deepEqual(harness.csms.actions.filter((action) => action !== "StatusNotification"), [
    "Authorize",
    "StartTransaction",
  ]);
  assert.equal(
    why(await harness.station.driver.startTransaction(1, TAG)),
    "Transaction 1 runs on connector 1",
  );
  await harness.over();
});

Deno.test("startTransaction with a car that is there tells of it, and plugs in no second one", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.station.driver.plug(1, CAR);
  const deed = await harness.station.driver.startTransaction(1, TAG);
  assert(deed.kind === "done" && deed.transactionId === 1);
  await harness.over();
});

Deno.test("startTransaction without a token needs somebody who is authorized", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  assert.match(why(await driver.startTransaction(1, null)), /^Nobody is authorized/);
  await driver.authorize(1, TAG);
  const deed = await driver.startTransaction(1, null);
  assert(deed.kind === "done" && deed.transactionId === 1);
  await harness.over();
});

Deno.test("stopTransaction has the reason that is given (1.6 §7.36), and needs a transaction", async () => {
  const harness = await (await stationHarness()).boot();
  const { driver } = harness.station;
  assert.equal(why(await driver.stopTransaction(1, {})), "No transaction runs on connector 1");
  await charge(harness);
  const deed = await driver.stopTransaction(1, { reason: "EmergencyStop" });
  assert(deed.kind === "done" && deed.transactionId === 1 && deed.csms !== undefined);
  const { reason, idTag } = harness.only("StopTransaction");
  assert.deepEqual([reason, idTag], ["EmergencyStop", undefined]);
  await harness.over();
});

Deno.test("a CSMS that does not answer is a timeout, and the station does it all the same", async () => {
  const harness = await (await stationHarness({ replies: { StartTransaction: "silence" } })).boot();
  const { driver } = harness.station;
  await driver.plug(1, CAR);
  const started = driver.authorize(1, TAG);
  await harness.clock.advance(30_000);
  const deed = await started;
  assert(deed.kind === "timeout" && deed.message.includes("StartTransaction"));
  assert.equal(status(harness), "Charging");
  await harness.over();
});

Deno.test("a CALLERROR to a start is told, and the transaction runs (1.6 §3.7.1)", async () => {
  const harness = await (await stationHarness({
    replies: { StartTransaction: { error: "InternalError" } },
  })).boot();
  const deed = await charge(harness);
  assert(deed.kind === "done" && deed.csms !== undefined && "error" in deed.csms);
  assert.equal(deed.csms.error.code, "InternalError");
  assert.equal(deed.transactionId, harness.station.all.get(1)!.transaction!.facts.id);
  await harness.over();
});
