import assert from "node:assert/strict";
import { stationHarness } from "../../support/station_harness.ts";
import { ALICE, charge, configure, driven, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

const at = (clock: { now(): number }) => new Date(clock.now()).toISOString();

useCase(
  ["§4.2", "§3.8", "§4.9"],
  "a station says who it is, and once it is accepted how it and its connectors are",
  async () => {
    const h = await stationHarness({ station: { connectors: [{}, {}], serial_number: "SN-1" } });
    await h.open();
    assert.equal(h.only("BootNotification").chargePointSerialNumber, "SN-1");
    const statuses = h.payloads("StatusNotification").map((
      { connectorId, status },
    ) => [connectorId, status]);
    assert.deepEqual(statuses, [[0, "Available"], [1, "Available"], [2, "Available"]]);
    await h.over();
  },
);

useCase(["§4.2"], "while it is pending it says nothing of its own accord, and obeys", async () => {
  const h = await stationHarness();
  h.replies.BootNotification = { status: "Pending", currentTime: at(h.clock), interval: 20 };
  await h.open();
  await h.clock.advance(19_999);
  assert.deepEqual(h.said, ["BootNotification"]);
  await configure(h, { HeartbeatInterval: "90" });
  assert.deepEqual(
    await h.call("TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 1 }),
    {
      status: "Accepted",
    },
  );
  assert.deepEqual(h.said, ["BootNotification", "StatusNotification Available"]);
  await h.clock.advance(1_000);
  assert.equal(h.payloads("BootNotification").length, 2);
  await h.over();
});

useCase(
  ["§4.2"],
  "while it is rejected it is silent, even when it is asked, until the interval has passed",
  async () => {
    const h = await stationHarness();
    h.replies.BootNotification = { status: "Rejected", currentTime: at(h.clock), interval: 60 };
    await h.open();
    h.station.line.received('[2,"x","GetConfiguration",{}]');
    await h.clock.advance(59_999);
    assert.equal(h.csms.sent.length, 1);
    await h.clock.advance(1);
    assert.deepEqual(h.said, ["BootNotification", "BootNotification"]);
    await h.over();
  },
);

useCase(
  ["§4.2.1"],
  "nobody charges before the boot is accepted, and whoever tries is told why",
  async () => {
    const h = await stationHarness();
    h.replies.BootNotification = { status: "Pending", currentTime: at(h.clock), interval: 60 };
    await h.open();
    await h.station.driver.plug(1);
    const deed = await h.station.driver.authorize(1, ALICE);
    assert(deed.kind === "refused" && deed.reason.includes("boot"));
    const answer = await h.call("RemoteStartTransaction", { idTag: "ALICE" });
    assert.deepEqual(answer, { status: "Rejected" });
    assert.deepEqual(h.said, ["BootNotification"]);
    await h.over();
  },
);

useCase(
  ["§4.6", "§3.15"],
  "heartbeats come as the CSMS wants them, and put the clock right, which is told in UTC",
  () =>
    withStation(async (h) => {
      const ahead = 3_600_000;
      h.replies.Heartbeat = () => ({ currentTime: new Date(h.clock.now() + ahead).toISOString() });
      await configure(h, { HeartbeatInterval: "300" });
      await h.clock.advance(299_000);
      assert.deepEqual(h.said, []);
      await h.clock.advance(1_000);
      assert.deepEqual(h.said, ["Heartbeat"]);
      await h.call("TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 1 });
      const { timestamp } = h.only("StatusNotification");
      assert.equal(timestamp, new Date(h.clock.now() + ahead).toISOString());
      assert.match(String(timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }),
);

useCase(
  ["§4.2", "§4.9"],
  "a mere reconnect boots nothing, and tells only what changed",
  () =>
    withStation(async (h) => {
      await h.lose();
      await h.station.driver.plug(2);
      await h.clock.advance(600_000);
      await h.open();
      const said = h.payloads("StatusNotification").map((
        { connectorId, status },
      ) => [connectorId, status]);
      assert.deepEqual(said, [[2, "Preparing"]]);
      assert.deepEqual(h.payloads("BootNotification"), []);
    }, { station: { connectors: [{}, {}] } }),
);

useCase(
  ["§4.2", "§5.17"],
  "a station whose triggered boot is answered with Pending keeps its transactions to itself until it is accepted",
  () =>
    withStation(async (h) => {
      await charge(h);
      const pending = { status: "Pending", currentTime: at(h.clock), interval: 60 };
      h.replies.BootNotification = pending;
      await h.call("TriggerMessage", { requestedMessage: "BootNotification" });
      const deed = await driven(h, h.station.driver.stopTransaction(1, {}));
      assert.equal(deed.kind, "queued");
      assert.deepEqual(h.said, ["BootNotification"]);
      h.replies.BootNotification = { ...pending, status: "Accepted" };
      await h.clock.advance(61_000);
      assert.equal(h.only("StopTransaction").transactionId, 1);
    }),
);
