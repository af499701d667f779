import assert from "node:assert/strict";
import type { Deed } from "../../../src/station/mod.ts";
import { stationHarness } from "../../support/station_harness.ts";

/** Why it was refused. */
function why(deed: Deed): string {
  assert(deed.kind === "refused", JSON.stringify(deed));
  return deed.reason;
}

Deno.test("call sends what a station may send, and tells the answer", async () => {
  const harness = await (await stationHarness({
    replies: {
      DataTransfer: { status: "Accepted", data: "yes" },
      Heartbeat: { error: "GenericError" },
    },
  })).boot();
  const { driver } = harness.station;
  assert.deepEqual(await driver.call("DataTransfer", { vendorId: "x" }), {
    kind: "done",
    csms: { action: "DataTransfer", payload: { status: "Accepted", data: "yes" } },
  });
  const failed = await driver.call("Heartbeat", {});
  assert(failed.kind === "done" && failed.csms !== undefined && "error" in failed.csms);
  await harness.over();
});

Deno.test("call refuses what breaks the schema, and says where; nothing is sent", async () => {
  const harness = await (await stationHarness()).boot();
  for (
    const [action, payload, message] of [
      ["Authorize", {}, /^Cannot send Authorize: .*idTag/],
      ["MakeCoffee", {}, /^Cannot send MakeCoffee: OCPP 1.6 has no such action$/],
      ["Reset", { type: "Soft" }, /^Cannot send Reset: only a CSMS sends it$/],
    ] as const
  ) {
    const deed = await harness.station.driver.call(action, payload);
    assert(deed.kind === "invalid", JSON.stringify(deed));
    assert.match(deed.message, message);
  }
  assert.deepEqual(harness.said, []);
  await harness.over();
});

Deno.test("call: an answer that breaks its schema is the CSMS's fault, not the payload's", async () => {
  const harness = await (await stationHarness({ replies: { Heartbeat: { currentTime: 7 } } }))
    .boot();
  assert.match(why(await harness.station.driver.call("Heartbeat", {})), /currentTime/);
  await harness.over();
});

Deno.test("call: offline it is refused, and a silent CSMS is a timeout", async () => {
  const harness = await (await stationHarness({ replies: { Heartbeat: "silence" } })).boot();
  const deed = harness.station.driver.call("Heartbeat", {});
  await harness.clock.advance(30_000);
  assert.equal((await deed).kind, "timeout");
  const lost = harness.station.driver.call("Heartbeat", {});
  await harness.lose();
  assert.match(why(await lost), /before the connection ended/);
  assert.match(why(await harness.station.driver.call("Heartbeat", {})), /no connection/);
  await harness.over();
});

Deno.test("call: a BootNotification by hand may go before the boot is accepted", async () => {
  const pending = { status: "Pending", currentTime: "2026-01-01T00:00:00Z", interval: 3600 };
  const harness = await stationHarness({ replies: { BootNotification: pending } });
  await harness.open();
  const boot = { chargePointVendor: "V", chargePointModel: "M" };
  assert.equal((await harness.station.driver.call("BootNotification", boot)).kind, "done");
  assert.equal(harness.payloads("BootNotification").length, 2);
  await harness.over();
});
