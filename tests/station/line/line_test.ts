import assert from "node:assert/strict";
import type { VersionId } from "../../../src/ocpp/mod.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { transactionEvent } from "../v16/support.ts";

const VERSIONS: readonly VersionId[] = ["1.6", "2.0.1", "2.1"];

const boot = (status: string, interval: number) => ({
  status,
  interval,
  currentTime: "2026-01-01T00:00:00Z",
});

/** The boots and heartbeats that went out; each version has more to say beside. */
function contacts({ csms }: StationHarness): readonly string[] {
  return csms.actions.filter((action) => ["BootNotification", "Heartbeat"].includes(action));
}

for (const version of VERSIONS) {
  Deno.test(`${version}: a station boots, is accepted, and beats as told`, async () => {
    const h = await stationHarness({
      version,
      replies: { BootNotification: boot("Accepted", 300) },
    });
    await h.open();
    assert.equal(h.csms.actions[0], "BootNotification");
    assert(h.station.line.accepted && h.station.line.online);
    await h.clock.advance(299_999);
    assert.deepEqual(contacts(h), ["BootNotification"]);
    await h.clock.advance(300_001);
    assert.deepEqual(contacts(h), ["BootNotification", "Heartbeat", "Heartbeat"]);
    assert.equal(h.csms.latencies.length, h.csms.calls.length);
    await h.over();
  });

  Deno.test(`${version}: the boot says who the station is, and leaves out what is unknown`, async () => {
    const h = await stationHarness({
      version,
      station: { vendor: "Vendor", model: "Model", firmware_version: "1.2.3" },
    });
    await h.open();
    const expected = version === "1.6"
      ? { chargePointVendor: "Vendor", chargePointModel: "Model", firmwareVersion: "1.2.3" }
      : {
        reason: "PowerUp",
        chargingStation: { vendorName: "Vendor", model: "Model", firmwareVersion: "1.2.3" },
      };
    assert.deepEqual(h.only("BootNotification"), expected);
    await h.over();
  });

  Deno.test(`${version}: Pending and Rejected are asked again after the interval, and nothing else is said (1.6 §4.2, B02, B03)`, async () => {
    const h = await stationHarness({ version, replies: { BootNotification: boot("Pending", 10) } });
    await h.open();
    h.replies.BootNotification = boot("Rejected", 20);
    await h.clock.advance(10_000);
    h.replies.BootNotification = boot("Accepted", 60);
    await h.clock.advance(19_999);
    assert.deepEqual(h.csms.actions, ["BootNotification", "BootNotification"]);
    assert(!h.station.line.accepted);
    await h.clock.advance(1);
    assert(h.station.line.accepted);
    assert.equal(h.payloads("BootNotification").length, 3);
    await h.over();
  });

  Deno.test(
    `${version}: a rejected station meets a CALL with ${
      version === "1.6" ? "silence (1.6 §4.2)" : "SecurityError (B03.FR.05)"
    }`,
    async () => {
      const h = await stationHarness({
        version,
        replies: { BootNotification: boot("Rejected", 600) },
      });
      await h.open();
      h.forget();
      h.csms.onSent = () => {};
      h.station.line.received('[2,"c1","ClearCache",{}]');
      await h.clock.settle();
      const answers = h.csms.sent.map((text) => JSON.parse(text).slice(0, 3));
      assert.deepEqual(answers, version === "1.6" ? [] : [[4, "c1", "SecurityError"]]);
      await h.over();
    },
  );
}

Deno.test("1.6 §4.2: interval 0 leaves the heartbeat to the config", async () => {
  const h = await stationHarness({ replies: { BootNotification: boot("Accepted", 0) } });
  await h.open();
  await h.clock.advance(60_000);
  assert.deepEqual(contacts(h), ["BootNotification", "Heartbeat"]);
  await h.over();
});

Deno.test("1.6 §4.2: before the boot is accepted nothing else is said, and whoever asks hears why", async () => {
  const h = await stationHarness({ replies: { BootNotification: boot("Pending", 600) } });
  await h.open();
  const said = await h.station.say("authorize", { idToken: { idToken: "A", type: "Central" } });
  assert.deepEqual(said, { kind: "offline", message: "The boot is not accepted yet" });
  await h.station.driver.plug(1);
  assert.deepEqual(h.csms.actions, ["BootNotification"]);
  await h.over();
});

Deno.test("1.6 §4.2: a pending station answers and says what is triggered, before all that waits", async () => {
  const h = await stationHarness({ replies: { BootNotification: boot("Pending", 600) } });
  await h.open();
  h.forget();
  const answer = await h.call("TriggerMessage", { requestedMessage: "Heartbeat" });
  assert.deepEqual(answer, { status: "Accepted" });
  assert.deepEqual(h.csms.actions, ["Heartbeat"]);
  await h.over();
});

Deno.test("an action by hand goes before the boot is accepted, for a test of the CSMS", async () => {
  const h = await stationHarness({ replies: { BootNotification: boot("Pending", 600) } });
  await h.open();
  const outcome = await h.station.line.call("BootNotification", {
    chargePointVendor: "V",
    chargePointModel: "M",
  });
  assert.equal(outcome.kind, "result");
  await h.over();
});

Deno.test("a boot that nobody answers is sent again after the timeout and the wait", async () => {
  const h = await stationHarness({ replies: { BootNotification: "silence" } });
  await h.open();
  await h.clock.advance(30_000 + 59_999);
  assert.equal(h.csms.actions.length, 1);
  await h.clock.advance(1);
  assert.deepEqual(h.csms.actions, ["BootNotification", "BootNotification"]);
  await h.over();
});

Deno.test("a broken boot answer is reported, and refused only by the strict", async () => {
  for (const strictness of ["strict", "lenient"] as const) {
    const h = await stationHarness({
      station: { strictness },
      replies: { BootNotification: { status: "Accepted", interval: 60 } },
    });
    await h.open();
    assert.equal(h.station.line.accepted, strictness === "lenient");
    assert(h.lines.some((line) => line.includes("currentTime")), h.lines.join("\n"));
    await h.over();
  }
});

Deno.test("garbage is no proper frame, and does not stop the heartbeats", async () => {
  const h = await (await stationHarness()).boot();
  assert(!h.station.line.received("hello?"));
  await h.clock.advance(3_600_000);
  assert.deepEqual(h.csms.actions, ["Heartbeat"]);
  await h.over();
});

Deno.test("a subprotocol that the station does not offer opens nothing", async () => {
  const h = await stationHarness();
  h.station.line.opened("ocpp2.1");
  await h.clock.settle();
  assert.deepEqual(h.csms.sent, []);
  assert.equal(h.station.line.dialect, null);
  await h.over();
});

Deno.test("1.6-J §5.4, B04: a mere reconnect boots nothing again", async () => {
  const h = await (await stationHarness()).boot();
  await h.lose();
  assert(h.station.line.accepted && !h.station.line.online);
  await h.clock.advance(3_600_000);
  await h.open();
  await h.clock.advance(3_600_000);
  assert.deepEqual(h.csms.actions, ["Heartbeat"]);
  await h.over();
});

Deno.test("1.6 §3.7: after a reconnect what waits goes, in order, with its old times", async () => {
  const h = await (await stationHarness()).boot();
  const start = h.clock.now();
  await h.lose();
  await h.station.driver.plug(1);
  h.station.settings.set("allowOfflineTxForUnknownId", true);
  const token = { idToken: "TAG1", type: "Central" };
  await h.station.driver.authorize(1, token);
  await h.clock.advance(30_000);
  await h.station.driver.stopTransaction(1, {});
  await h.clock.advance(600_000);
  assert.equal(h.station.line.outbox.size > 0, true);
  await h.open();
  await h.clock.advance(1_000);
  const told = h.csms.actions.filter((action) => action.endsWith("Transaction"));
  assert.deepEqual(told, ["StartTransaction", "StopTransaction"]);
  assert.equal(h.only("StartTransaction").timestamp, new Date(start).toISOString());
  assert.equal(h.only("StopTransaction").timestamp, new Date(start + 30_000).toISOString());
  assert.equal(h.only("StopTransaction").transactionId, 1, "the id came with the answer");
  assert.equal(h.station.line.outbox.size, 0);
  await h.over();
});

Deno.test("1.6 §4.2: the clock of the CSMS is the station's, from the boot on", async () => {
  const h = await stationHarness();
  const ahead = 3_600_000;
  const time = () => new Date(h.clock.now() + ahead).toISOString();
  h.replies.BootNotification = () => ({ status: "Accepted", currentTime: time(), interval: 60 });
  await h.open();
  assert.equal(h.station.now(), h.clock.now() + ahead);
  assert.equal(h.payloads("StatusNotification")[0]?.timestamp, time());
  h.replies.Heartbeat = () => ({ currentTime: new Date(h.clock.now() - 5_000).toISOString() });
  await h.clock.advance(60_000);
  assert.equal(h.station.now(), h.clock.now() - 5_000, "and heartbeats put it right (§4.6)");
  await h.lose();
  assert.equal(h.station.now(), h.clock.now() - 5_000, "without a connection too");
  await h.over();
});

Deno.test("a second of difference is the way that the answer took, and no reason to jump", async () => {
  const h = await (await stationHarness()).boot();
  for (
    const [offMs, expected] of [[1_000, 0], [-1_000, 0], [1_001, 1_001], [2_000, 1_001]] as const
  ) {
    h.replies.Heartbeat = () => ({ currentTime: new Date(h.clock.now() + offMs).toISOString() });
    await h.clock.advance(3_600_000);
    assert.equal(h.station.now() - h.clock.now(), expected);
  }
  await h.over();
});

Deno.test("§5.17: what a CALL leads to follows its answer", async () => {
  const h = await (await stationHarness()).boot();
  await h.call("TriggerMessage", { requestedMessage: "Heartbeat" });
  await h.call("ChangeAvailability", { connectorId: 1, type: "Inoperative" });
  const types = h.csms.sent.map((text) => JSON.parse(text)).map(([type, , what]) =>
    type === 2 ? what : "answer"
  );
  assert.deepEqual(types, ["answer", "Heartbeat", "answer", "StatusNotification"]);
  await h.over();
});

Deno.test("§5.17: once the boot is accepted what is triggered takes its turn, behind older news", async () => {
  const h = await (await stationHarness({ replies: { StatusNotification: "silence" } })).boot();
  await h.call("TriggerMessage", { requestedMessage: "Heartbeat" });
  delete h.replies.StatusNotification;
  await h.clock.advance(30_000);
  assert.deepEqual(h.csms.actions, ["StatusNotification", "Heartbeat"]);
  await h.over();
});

Deno.test("without a CALL under way nothing is put off", async () => {
  const h = await (await stationHarness()).boot();
  let ran = 0;
  h.station.line.afterwards(() => ran++);
  assert.equal(ran, 1);
  await h.over();
});

Deno.test("what a CALL leads to happens though its connection ends before the answer", async () => {
  const h = await (await stationHarness()).boot();
  const ran: string[] = [];
  h.station.line.received('[2,"c1","UnlockConnector",{"connectorId":1}]');
  h.station.line.afterwards(() => ran.push(h.station.line.online ? "online" : "offline"));
  assert.deepEqual(ran, []);
  await h.lose();
  assert.deepEqual(ran, ["offline"]);
  await h.open();
  assert.deepEqual(await h.call("ClearCache", {}), { status: "Accepted" });
  assert.deepEqual(ran, ["offline"], "once");
  await h.over();
});

Deno.test("what fails after an answer is in the log, and stops neither the rest nor the next CALL", async () => {
  const h = await (await stationHarness()).boot();
  let ran = 0;
  h.station.line.received('[2,"c1","UnlockConnector",{"connectorId":1}]');
  h.station.line.afterwards(() => {
    throw new Error("a broken hinge");
  });
  h.station.line.afterwards(() => ran++);
  await h.clock.settle();
  assert.equal(ran, 1);
  assert(h.lines.some((line) => line.includes("a broken hinge")), h.lines.join("\n"));
  assert.deepEqual(await h.call("ClearCache", {}), { status: "Accepted" });
  h.violations.length = 0; // "c1" is not a CALL of the harness
  await h.over();
});

Deno.test("the probe makes the CSMS answer, once the station is accepted", async () => {
  const h = await stationHarness({ replies: { BootNotification: boot("Pending", 10) } });
  await h.open();
  assert(!h.station.line.probe());
  assert.deepEqual(contacts(h), ["BootNotification"]);
  h.replies.BootNotification = boot("Accepted", 600);
  await h.clock.advance(10_000);
  assert(h.station.line.probe());
  await h.clock.settle();
  assert.equal(contacts(h).at(-1), "Heartbeat");
  await h.over();
});

Deno.test("1.6 §5.14: a station that goes down is away, forgets its boot, and boots again", async () => {
  const h = await (await stationHarness()).boot();
  h.station.line.goDown("RemoteReset", 3_000);
  assert.deepEqual(h.csms.reconnects, [3_000]);
  assert(!h.station.line.accepted);
  const said = await h.station.line.outbox.add("transactionUpdated", transactionEvent());
  assert.equal(said.kind, "offline");
  await h.lose();
  await h.open();
  assert.deepEqual(h.csms.actions, [
    "BootNotification",
    "StatusNotification",
    "StatusNotification",
  ]);
  await h.over();
});

Deno.test("§5.17: a boot that is triggered sends no transaction message twice", async () => {
  const h = await (await stationHarness()).boot();
  h.replies.BootNotification = "silence";
  await h.call("TriggerMessage", { requestedMessage: "BootNotification" });
  const triggered = h.csms.last("BootNotification");
  await h.station.driver.plug(1);
  await h.call("RemoteStartTransaction", { connectorId: 1, idTag: "TAG1" });
  assert.deepEqual(h.payloads("StartTransaction"), [], "one CALL at a time");
  h.station.line.received(JSON.stringify([3, triggered.id, boot("Accepted", 60)]));
  await h.clock.settle();
  assert.equal(h.payloads("StartTransaction").length, 1);
  await h.over();
});

Deno.test("1.6 §4.2: an accepted station whose triggered boot is Rejected falls silent", async () => {
  const h = await (await stationHarness()).boot();
  h.replies.BootNotification = boot("Rejected", 100);
  await h.call("TriggerMessage", { requestedMessage: "BootNotification" });
  h.forget();
  assert(!h.station.line.accepted);
  await h.station.driver.plug(1);
  await h.clock.advance(99_999);
  assert.deepEqual(h.csms.sent, []);
  h.replies.BootNotification = boot("Accepted", 3600);
  await h.clock.advance(1);
  assert.deepEqual(h.said, [
    "BootNotification",
    "StatusNotification Available",
    "StatusNotification Preparing",
  ]);
  await h.over();
});

Deno.test("a boot that is no longer accepted keeps back what waits, and is heard of (1.6 §4.2)", async () => {
  const h = await (await stationHarness()).boot();
  h.replies.DataTransfer = "silence";
  h.replies.BootNotification = {
    status: "Pending",
    interval: 600,
    currentTime: new Date(h.clock.now()).toISOString(),
  };
  void h.station.driver.call("DataTransfer", { vendorId: "x" });
  await h.call("TriggerMessage", { requestedMessage: "BootNotification" });
  const authorized = h.station.driver.authorize(1, { idToken: "ALICE", type: "" });
  await h.clock.advance(31_000);
  assert.deepEqual(h.said, ["DataTransfer", "BootNotification"]);
  assert.equal((await authorized).kind, "refused");
  await h.over();
});

Deno.test("a triggered boot that nobody answers leaves the station accepted, and lets go what waits", async () => {
  const h = await (await stationHarness()).boot();
  h.replies.BootNotification = "silence";
  await h.call("TriggerMessage", { requestedMessage: "BootNotification" });
  const authorized = h.station.driver.authorize(1, { idToken: "ALICE", type: "" });
  await h.clock.advance(31_000);
  assert.deepEqual(h.said, ["BootNotification", "Authorize", "StatusNotification Preparing"]);
  assert.equal((await authorized).kind, "done");
  await h.over();
});

Deno.test("a Heartbeat that was answered late does not set the clock back by its lateness (1.6 §4.6)", async () => {
  const h = await (await stationHarness()).boot();
  h.replies.Heartbeat = "silence";
  await h.clock.advance(h.station.settings.get("heartbeatInterval") * 1000);
  const { id } = h.csms.calls.at(-1)!;
  const currentTime = new Date(h.clock.now()).toISOString();
  await h.clock.advance(20_000);
  h.station.line.received(JSON.stringify([3, id, { currentTime }]));
  await h.clock.settle();
  assert.equal(h.station.now(), h.clock.now());
  await h.over();
});
