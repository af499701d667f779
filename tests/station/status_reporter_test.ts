import assert from "node:assert/strict";
import {
  type HarnessOptions,
  type StationHarness,
  stationHarness,
} from "../support/station_harness.ts";

const TWO = { station: { connectors: [{ id: 1 }, { id: 2 }] } };
const FAULTED = { status: "Faulted", errorCode: "GroundFailure" } as const;

async function booted(options: HarnessOptions = TWO): Promise<StationHarness> {
  return await (await stationHarness(options)).boot();
}

/** The statuses that were told, as `connector status`. */
function told(h: StationHarness): readonly string[] {
  return h.payloads("StatusNotification").map(({ connectorId, status }) =>
    `${connectorId} ${status}`
  );
}

Deno.test("1.6 §4.2, §4.9: after a boot the station and every connector are told", async () => {
  const h = await stationHarness(TWO);
  await h.open();
  assert.deepEqual(told(h), ["0 Available", "1 Available", "2 Available"]);
  const { timestamp, errorCode } = h.payloads("StatusNotification")[0]!;
  assert.deepEqual([timestamp, errorCode], [new Date(h.clock.now()).toISOString(), "NoError"]);
  await h.over();
});

Deno.test("1.6 §4.9: a change is told at once, and only that", async () => {
  const h = await booted();
  await h.station.driver.plug(2);
  assert.deepEqual(told(h), ["2 Preparing"]);
  await h.station.driver.unplug(2);
  assert.deepEqual(told(h), ["2 Preparing", "2 Available"]);
  await h.over();
});

Deno.test("1.6-J §5.4: after a reconnect only what changed in between is told", async () => {
  const h = await booted();
  await h.lose();
  await h.station.driver.plug(1);
  await h.station.driver.plug(2);
  await h.station.driver.unplug(2);
  await h.open();
  assert.deepEqual(told(h), ["1 Preparing"]);
  await h.lose();
  await h.open();
  assert.deepEqual(told(h), ["1 Preparing"], "nothing is told twice");
  await h.over();
});

Deno.test("after another boot everything is told, whatever the CSMS knew", async () => {
  const h = await booted();
  await h.station.driver.plug(1);
  h.station.line.goDown("RemoteReset", 3_000);
  await h.lose();
  h.forget();
  await h.open();
  assert.deepEqual(told(h), ["0 Available", "1 Preparing", "2 Available"]);
  await h.over();
});

Deno.test("what changes before the boot is accepted is told after it", async () => {
  const h = await stationHarness({ replies: { BootNotification: "silence" } });
  await h.open();
  await h.station.driver.plug(1);
  assert.deepEqual(told(h), []);
  const { id } = h.csms.last("BootNotification");
  const currentTime = new Date(h.clock.now()).toISOString();
  h.station.line.received(
    JSON.stringify([3, id, { status: "Accepted", interval: 60, currentTime }]),
  );
  await h.clock.settle();
  assert.deepEqual(told(h), ["0 Available", "1 Preparing"]);
  await h.over();
});

Deno.test("a status that is lost with its connection is told on the next one", async () => {
  const h = await booted();
  h.replies.StatusNotification = "silence";
  await h.station.driver.plug(1);
  await h.lose();
  delete h.replies.StatusNotification;
  await h.open();
  assert.deepEqual(told(h), ["1 Preparing", "1 Preparing"]);
  await h.lose();
  await h.open();
  assert.equal(told(h).length, 2);
  await h.over();
});

Deno.test("a status that was overtaken by another before it was lost is not told any more", async () => {
  const h = await booted();
  h.replies.StatusNotification = "silence";
  await h.station.driver.plug(1);
  await h.station.driver.unplug(1);
  await h.lose();
  h.forget();
  delete h.replies.StatusNotification;
  await h.open();
  assert.deepEqual(told(h), ["1 Available"]);
  await h.over();
});

Deno.test("a status that the CSMS refuses, or does not answer, is told: it was heard", async () => {
  for (const reply of [{ error: "InternalError" }, "silence"] as const) {
    const h = await booted();
    h.replies.StatusNotification = reply;
    await h.station.driver.plug(1);
    await h.clock.advance(30_000);
    await h.lose();
    await h.open();
    assert.deepEqual(told(h), ["1 Preparing"]);
    await h.over();
  }
});

Deno.test("a station with more connectors than the line takes at once tells all of them", async () => {
  const connectors = Array.from({ length: 150 }, (_, index) => ({ id: index + 1 }));
  const h = await stationHarness({ station: { connectors } });
  await h.open();
  await h.clock.advance(5_000);
  assert.equal(new Set(told(h)).size, 151);
  assert.equal(told(h).length, 151);
  await h.over();
});

Deno.test("a status that the socket did not take is not told again when the next one was", async () => {
  const h = await booted();
  const connector = h.station.all.get(1)!;
  h.csms.status = "offline";
  connector.apply({ type: "plugged" });
  h.csms.status = "sent";
  connector.apply({ type: "unplugged" });
  await h.clock.advance(60_000);
  assert.deepEqual(told(h), ["1 Available"]);
  await h.over();
});

Deno.test("1.6 §9.1.24: a status that lasts less than MinimumStatusDuration is not told", async () => {
  const h = await booted();
  h.station.settings.set("minimumStatusDuration", 10);
  await h.station.driver.plug(1);
  await h.clock.advance(9_999);
  assert.deepEqual(told(h), []);
  await h.station.driver.unplug(1);
  await h.clock.advance(60_000);
  assert.deepEqual(told(h), []);
  await h.over();
});

Deno.test("1.6 §9.1.24: one that lasts is told after it, and each change begins it anew", async () => {
  const h = await booted();
  h.station.settings.set("minimumStatusDuration", 10);
  await h.station.driver.plug(1);
  await h.clock.advance(6_000);
  await h.station.driver.status(1, FAULTED);
  await h.clock.advance(9_999);
  assert.deepEqual(told(h), []);
  await h.clock.advance(1);
  assert.deepEqual(told(h), ["1 Faulted"]);
  await h.over();
});

Deno.test("1.6 §9.1.24: the first statuses after a boot do not wait", async () => {
  const h = await stationHarness(TWO);
  h.station.settings.set("minimumStatusDuration", 10);
  await h.open();
  assert.equal(told(h).length, 3);
  await h.over();
});

Deno.test("a wait ends with its connection, and the change is told on the next", async () => {
  const h = await booted();
  h.station.settings.set("minimumStatusDuration", 10);
  await h.station.driver.plug(1);
  await h.lose();
  await h.station.memory.saved();
  assert.equal(h.clock.pending, 0);
  await h.clock.advance(60_000);
  assert.deepEqual(told(h), []);
  await h.open();
  await h.clock.advance(10_000);
  assert.deepEqual(told(h), ["1 Preparing"]);
  await h.over();
});

Deno.test("1.6 §4.9: a fault is told with its code, and so is another one, and its end", async () => {
  const h = await booted();
  const deeds = [
    FAULTED,
    FAULTED,
    { ...FAULTED, info: "phase L1" },
    { status: "Faulted", errorCode: "HighTemperature" },
    { status: "Available" },
  ] as const;
  for (const deed of deeds) {
    await h.station.driver.status(1, deed);
    h.station.reporter.changed(1);
    await h.clock.settle();
  }
  assert.deepEqual(
    h.payloads("StatusNotification").map(({ status, errorCode, info = "" }) =>
      `${status} ${errorCode} ${info}`.trim()
    ),
    [
      "Faulted GroundFailure",
      "Faulted GroundFailure phase L1",
      "Faulted HighTemperature",
      "Available NoError",
    ],
  );
  await h.over();
});

Deno.test("§5.17: a triggered status is told though it is known", async () => {
  const h = await booted();
  await h.call("TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 2 });
  assert.deepEqual(told(h), ["2 Available"]);
  await h.call("TriggerMessage", { requestedMessage: "StatusNotification" });
  assert.deepEqual(told(h), ["2 Available", "0 Available", "1 Available", "2 Available"]);
  await h.over();
});

Deno.test("§5.17: a triggered status that is lost leaves the change to be told", async () => {
  const h = await booted();
  h.station.settings.set("minimumStatusDuration", 10);
  await h.station.driver.plug(1);
  h.replies.StatusNotification = "silence";
  await h.call("TriggerMessage", { requestedMessage: "StatusNotification", connectorId: 1 });
  assert.deepEqual(told(h), ["1 Preparing"]);
  await h.lose();
  h.forget();
  delete h.replies.StatusNotification;
  await h.open();
  await h.clock.advance(10_000);
  assert.deepEqual(told(h), ["1 Preparing"]);
  await h.over();
});

Deno.test("§5.2: a status that a CALL leads to follows its answer, every step of it", async () => {
  const h = await booted();
  await h.station.driver.plug(1);
  h.forget();
  await h.call("ChangeAvailability", { connectorId: 1, type: "Inoperative" });
  assert.equal(JSON.parse(h.csms.sent[0]!)[0], 3);
  // Preparing cannot become Unavailable (§4.9).
  assert.deepEqual(told(h), ["1 Finishing", "1 Unavailable"]);
  await h.over();
});

Deno.test("§4.9: a reserved connector goes out of service in one step (G8)", async () => {
  const h = await booted();
  await h.call("ReserveNow", {
    connectorId: 1,
    expiryDate: new Date(h.clock.now() + 3_600_000).toISOString(),
    idTag: "TAG1",
    reservationId: 7,
  });
  const connector = h.station.all.get(1)!;
  await h.station.driver.plug(1);
  connector.apply({ type: "inoperative" });
  await h.clock.settle();
  assert.deepEqual(told(h), ["1 Reserved", "1 Unavailable"]);
  assert.deepEqual(h.station.reservations.all, [], "and nobody keeps it any more (§5.13)");
  await h.over();
});

Deno.test("§5.2: the station as a whole has its own status, connector 0", async () => {
  const h = await booted();
  await h.call("ChangeAvailability", { connectorId: 0, type: "Inoperative" });
  assert.deepEqual(told(h).toSorted(), ["0 Unavailable", "1 Unavailable", "2 Unavailable"]);
  await h.over();
});
