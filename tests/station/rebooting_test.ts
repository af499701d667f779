import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { CAR, charge, configure, HOUR_MS, OTHER, status, TAG } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

/** The connection goes, and comes back after the reboot. */
async function comeBack(harness: StationHarness): Promise<void> {
  assert.deepEqual(harness.csms.reconnects, [3_000]);
  await harness.lose();
  await harness.clock.advance(3_000);
  harness.forget();
  await harness.open();
  // What waited is told at a bounded rate.
  await harness.clock.advance(1_000);
}

Deno.test("soft: the transaction is stopped, then it reboots and tells everything anew (1.6 §5.14)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness);
  await harness.clock.advance(HOUR_MS / 4);
  harness.forget();
  assert.deepEqual(await harness.call("Reset", { type: "Soft" }), { status: "Accepted" });
  assert.deepEqual(harness.said, ["StopTransaction", "StatusNotification Finishing"]);
  assert.deepEqual(harness.csms.sent.map((text) => JSON.parse(text)[0])[0], 3, "the answer first");
  const { reason, meterStop } = harness.only("StopTransaction");
  assert.deepEqual([reason, meterStop], ["SoftReset", 2_760]);
  await comeBack(harness);
  assert.deepEqual(harness.said, [
    "BootNotification",
    "StatusNotification Available",
    "StatusNotification Finishing",
    "StatusNotification Available",
  ]);
  const connectors = harness.payloads("StatusNotification").map(({ connectorId }) => connectorId);
  assert.deepEqual(connectors, [0, 1, 2]);
  await harness.over();
});

Deno.test("hard: the transaction is told of once, after the boot (1.6 §7.40)", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  await harness.clock.advance(HOUR_MS / 4);
  harness.forget();
  await harness.call("Reset", { type: "Hard" });
  assert.deepEqual(harness.said, []);
  const at = new Date(harness.clock.now()).toISOString();
  await comeBack(harness);
  assert.equal(harness.csms.actions[0], "BootNotification");
  const { reason, timestamp, transactionId } = harness.only("StopTransaction");
  assert.deepEqual([reason, timestamp, transactionId], ["HardReset", at, 1]);
  await harness.over();
});

Deno.test("soft: a CSMS that is silent is waited for 30 s, and hears of it after the boot", async () => {
  const harness = await (await stationHarness({ csms: { call_timeout: "60s" } })).boot();
  await charge(harness);
  harness.replies.StopTransaction = "silence";
  await harness.call("Reset", { type: "Soft" });
  const { id } = harness.csms.calls.find(({ action }) => action === "StopTransaction")!;
  await harness.clock.advance(29_999);
  assert.deepEqual(harness.csms.reconnects, []);
  await harness.clock.advance(1);
  delete harness.replies.StopTransaction;
  await comeBack(harness);
  const [again] = harness.csms.calls.filter(({ action }) => action === "StopTransaction");
  assert.equal(again!.id, id, "a resend is the same message (2.x part 4 §4.1.4)");
  await harness.over();
});

Deno.test("soft: what begins while it waits ends with the reboot, too", async () => {
  const harness = await (await stationHarness({ station: TWO, csms: { call_timeout: "60s" } }))
    .boot();
  await configure(harness, { LocalPreAuthorize: "true" });
  await charge(harness, 1);
  harness.replies.StopTransaction = "silence";
  await harness.call("Reset", { type: "Soft" });
  await harness.station.driver.plug(2, CAR);
  const late = harness.station.driver.authorize(2, TAG);
  await harness.clock.settle();
  assert.equal(status(harness, 2), "Charging");
  await harness.clock.advance(30_000);
  assert.equal(status(harness, 2), "Finishing");
  assert.equal((await late).kind, "queued");
  delete harness.replies.StopTransaction;
  await comeBack(harness);
  assert.deepEqual(harness.csms.actions.filter((action) => action.endsWith("Transaction")), [
    "StopTransaction",
    "StartTransaction",
    "StopTransaction",
  ]);
  await harness.over();
});

Deno.test("a car that waits, waits on; a token that waits for its car is forgotten", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await harness.station.driver.plug(1, CAR);
  await harness.station.driver.authorize(2, OTHER);
  await harness.call("Reset", { type: "Soft" });
  await comeBack(harness);
  assert.deepEqual([status(harness, 1), status(harness, 2)], ["Preparing", "Available"]);
  await harness.over();
});

Deno.test("a second reset while one is under way changes nothing", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  harness.replies.StopTransaction = "silence";
  await harness.call("Reset", { type: "Soft" });
  assert.deepEqual(await harness.call("Reset", { type: "Soft" }), { status: "Accepted" });
  await harness.clock.advance(60_000);
  assert.deepEqual(harness.csms.reconnects, [3_000]);
  delete harness.replies.StopTransaction;
  await comeBack(harness);
  assert.equal(harness.payloads("StopTransaction").length, 1);
  await harness.over();
});

Deno.test("a connection that is lost during the goodbye ends the wait", async () => {
  const harness = await (await stationHarness()).boot();
  await charge(harness);
  harness.replies.StopTransaction = "silence";
  await harness.call("Reset", { type: "Soft" });
  await harness.lose();
  assert.deepEqual(harness.csms.reconnects, [3_000]);
  assert(!harness.station.line.accepted, "it boots anew");
  await harness.over();
});

Deno.test("nothing but the boot goes out until it is accepted again (1.6 §4.2)", async () => {
  const harness = await (await stationHarness()).boot();
  await harness.call("Reset", { type: "Hard" });
  harness.replies.BootNotification = {
    status: "Rejected",
    currentTime: "2026-01-01T00:00:00Z",
    interval: 600,
  };
  await comeBack(harness);
  await harness.station.driver.plug(1);
  await harness.clock.advance(598_000);
  assert.deepEqual(harness.said, ["BootNotification"]);
  await harness.over();
});
