import assert from "node:assert/strict";
import { FakeStore } from "../support/fake_store.ts";
import { accepts, booted, connect, kill, last, start } from "./restarts.ts";
import { CAR, charge, configure, HOUR_MS, OTHER, status, TAG } from "./sessions.ts";

type Payload = Record<string, unknown>;

const NEW = ["2.0.1", "2.1"] as const;

Deno.test("1.6 §7.40: what ran is ended with PowerLoss, with the register that was told or more", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  await charge(before);
  await before.clock.advance(HOUR_MS);
  const told = before.payloads("MeterValues").at(-1)!.meterValue as {
    sampledValue: { measurand?: string; value: string }[];
  }[];
  const register = Number(
    told[0]!.sampledValue.find(({ measurand = "" }) => measurand.startsWith("Energy"))!.value,
  );
  await kill(before);
  const after = await start(store);
  assert.equal(after.station.connector(1)!.transaction, null);
  await connect(after);
  const { transactionId, reason, meterStop } = after.only("StopTransaction");
  assert.deepEqual([transactionId, reason], [1, "PowerLoss"]);
  assert(register > 0 && Number(meterStop) >= register, `${meterStop} < ${register}`);
  await after.over();
});

Deno.test("1.6 §4.8: a start that the CSMS never answered is told after a restart, and its end has the id", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  await configure(before, { AllowOfflineTxForUnknownId: "true" });
  await before.lose();
  await charge(before);
  await before.station.memory.saved();
  await kill(before);
  const after = await start(store, {
    replies: { StartTransaction: { transactionId: 77, idTagInfo: { status: "Accepted" } } },
  });
  await connect(after);
  assert.deepEqual(
    after.csms.actions.filter((action) => /^St..?.?.?Transaction$/.test(action)),
    ["StartTransaction", "StopTransaction"],
  );
  const { transactionId, reason } = after.only("StopTransaction");
  assert.deepEqual([transactionId, reason], [77, "PowerLoss"]);
  assert.equal(after.station.line.outbox.size, 0);
  await after.over();
});

for (const version of NEW) {
  Deno.test(`E01, E06 in ${version}: what ran is ended with PowerLoss, and seqNo goes on`, async () => {
    const store = new FakeStore();
    const before = await booted(store, { version });
    await charge(before);
    await before.clock.advance(HOUR_MS / 2);
    const told = last(before, "TransactionEvent");
    await kill(before);
    const after = await start(store, { version });
    await connect(after);
    const ended = last(after, "TransactionEvent");
    const { transactionId, stoppedReason } = ended.transactionInfo as Payload;
    assert.equal(ended.eventType, "Ended");
    assert.equal(ended.seqNo, Number(told.seqNo) + 1, "without a gap");
    assert.equal(stoppedReason, "PowerLoss");
    assert.equal(transactionId, (told.transactionInfo as Payload).transactionId);
    assert.equal(ended.triggerReason, "AbnormalCondition");
    await after.over();
  });
}

Deno.test("I06, 2.1: what a transaction costs is told with the end that a restart leads to", async () => {
  const store = new FakeStore();
  const before = await booted(store, { version: "2.1" });
  const tariff = { tariffId: "T1", currency: "EUR", energy: { prices: [{ priceKwh: 0.5 }] } };
  await accepts(before, "SetDefaultTariff", { evseId: 0, tariff });
  await charge(before);
  await before.clock.advance(HOUR_MS / 2);
  await kill(before);
  const after = await start(store, { version: "2.1" });
  await after.open();
  assert("costDetails" in after.only("TransactionEvent"));
  assert.deepEqual(store.entries("bills"), [], "nothing is left of its bill");
  const { tariffAssignments } = await after.call("GetTariffs", { evseId: 1 });
  assert.equal((tariffAssignments as unknown[]).length, 1);
  await after.over();
});

Deno.test("a car that waits for its driver is there after a restart, and who was about to plug in is gone", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  await before.station.driver.plug(1, CAR);
  await before.station.driver.authorize(2, OTHER);
  assert.deepEqual([status(before, 1), status(before, 2)], ["Preparing", "Preparing"]);
  await before.station.memory.saved();
  await kill(before);
  const after = await booted(store);
  assert.deepEqual([status(after, 1), status(after, 2)], ["Preparing", "Available"]);
  await after.station.driver.authorize(1, TAG);
  await after.clock.settle();
  assert.equal(status(after), "Charging");
  assert(after.station.meter(1)!.powerW > 0, "it is the car that was there");
  await after.over();
});

Deno.test("1.6 §5.2: Inoperative holds over a restart, for one connector and for the station", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  await accepts(before, "ChangeAvailability", { connectorId: 1, type: "Inoperative" });
  await kill(before);
  const second = await booted(store);
  assert.deepEqual([status(second, 1), status(second, 2)], ["Unavailable", "Available"]);
  await accepts(second, "ChangeAvailability", { connectorId: 0, type: "Inoperative" });
  await kill(second);
  const third = await start(store);
  await third.open();
  assert.equal(third.station.status(0).status, "Unavailable");
  assert.deepEqual(
    third.payloads("StatusNotification").map(({ connectorId, status }) => [connectorId, status]),
    [[0, "Unavailable"], [1, "Unavailable"], [2, "Unavailable"]],
  );
  await accepts(third, "ChangeAvailability", { connectorId: 0, type: "Operative" });
  await kill(third);
  const fourth = await booted(store);
  assert.equal(fourth.station.status(0).status, "Available");
  assert.deepEqual([status(fourth, 1), status(fourth, 2)], ["Available", "Available"]);
  assert.deepEqual(store.entries("availability"), []);
  await fourth.over();
});

for (const version of NEW) {
  Deno.test(`G03, G04 in ${version}: Inoperative holds over a restart, also when a transaction was in the way`, async () => {
    const store = new FakeStore();
    const before = await booted(store, { version });
    await charge(before);
    const change = { operationalStatus: "Inoperative" };
    const answer = await before.call("ChangeAvailability", { ...change, evse: { id: 1 } });
    assert.equal(answer.status, "Scheduled");
    await kill(before);
    const after = await booted(store, { version });
    assert.deepEqual([status(after, 1), status(after, 2)], ["Unavailable", "Available"]);
    await accepts(after, "ChangeAvailability", change);
    await kill(after);
    const last = await booted(store, { version });
    assert.equal(last.station.status(0).status, "Unavailable");
    assert.equal(status(last, 2), "Unavailable");
    await last.over();
  });
}

Deno.test("L01.FR.07: what was closed for an installation only is open after a restart, and nothing else", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  await accepts(before, "ChangeAvailability", { connectorId: 2, type: "Inoperative" });
  before.station.availability.close(true);
  assert.deepEqual([status(before, 1), status(before, 2)], ["Unavailable", "Unavailable"]);
  await before.station.memory.saved();
  await kill(before);
  const after = await booted(store);
  assert.deepEqual([status(after, 1), status(after, 2)], ["Available", "Unavailable"]);
  await after.over();
});
