import assert from "node:assert/strict";
import { wake } from "../../../src/station/survival.ts";
import { FakeStore } from "../../support/fake_store.ts";
import { type Reply, type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { charge, driven } from "../v2/stories.ts";

const CARD = { idToken: "PSP-1", type: "DirectPayment" };

/** A transaction of an hour that a card begins and ends. */
async function pay(reply: Reply): Promise<StationHarness> {
  const replies = { TransactionEvent: reply };
  const harness = await (await stationHarness({ version: "2.1", replies })).boot();
  await charge(harness, 1, CARD);
  await harness.clock.advance(3_600_000);
  await driven(harness, harness.station.driver.authorize(1, CARD));
  return harness;
}

Deno.test("C21: what a card began at the station is settled with what the CSMS says it cost", async () => {
  const harness = await pay(({ eventType }) => eventType === "Ended" ? { totalCost: 7.5 } : {});
  const ended = harness.payloads("TransactionEvent").at(-1)!;
  const { settlementTime, ...settlement } = harness.only("NotifySettlement");
  assert.deepEqual(settlement, {
    transactionId: (ended.transactionInfo as { transactionId: string }).transactionId,
    pspRef: "PSP-1",
    status: "Settled",
    settlementAmount: 7.5,
  });
  assert.equal(typeof settlementTime, "string");
  await harness.over();
});

Deno.test("C21: without the CSMS's word the station's tariff says what a card pays", async () => {
  const harness = await (await stationHarness({ version: "2.1" })).boot();
  const energy = { prices: [{ priceKwh: 0.5 }] };
  const tariff = { tariffId: "T1", currency: "EUR", energy };
  assert.equal((await harness.call("SetDefaultTariff", { evseId: 0, tariff })).status, "Accepted");
  await charge(harness, 1, CARD);
  await harness.clock.advance(3_600_000);
  await driven(harness, harness.station.driver.authorize(1, CARD));
  const { status, settlementAmount } = harness.only("NotifySettlement");
  assert.equal(status, "Settled");
  assert(Number(settlementAmount) > 5 && Number(settlementAmount) < 6, String(settlementAmount));
  await harness.over();
});

Deno.test("C20: what cost nothing is given free", async () => {
  const harness = await pay({});
  const { status, settlementAmount } = harness.only("NotifySettlement");
  assert.deepEqual([status, settlementAmount], ["Canceled", 0]);
  await harness.over();
});

Deno.test("C24, C25: what was paid for elsewhere is settled there, and a contract pays no card", async () => {
  const harness = await (await stationHarness({ version: "2.1" })).boot();
  await driven(harness, harness.station.driver.plug(1));
  await harness.call("RequestStartTransaction", { idToken: CARD, evseId: 1, remoteStartId: 1 });
  await harness.clock.settle();
  await driven(harness, harness.station.driver.unplug(1));
  await charge(harness, 1);
  await driven(harness, harness.station.driver.unplug(1));
  assert.equal(harness.payloads("TransactionEvent").at(-1)?.eventType, "Ended");
  assert.deepEqual(harness.payloads("NotifySettlement"), []);
  await harness.over();
});

Deno.test("C21: what a card pays while the CSMS is out of reach is settled after the end was told", async () => {
  const replies = {
    TransactionEvent: ({ eventType }: Record<string, unknown>) =>
      eventType === "Ended" ? { totalCost: 3 } : {},
  };
  const harness = await (await stationHarness({ version: "2.1", replies })).boot();
  await charge(harness, 1, CARD);
  await harness.lose();
  await driven(harness, harness.station.driver.authorize(1, CARD));
  harness.forget();
  await harness.open();
  await harness.clock.advance(60_000);
  const told = harness.csms.actions.filter((action) => action !== "StatusNotification");
  assert.deepEqual(told.slice(-2), ["TransactionEvent", "NotifySettlement"]);
  assert.equal(harness.only("NotifySettlement").settlementAmount, 3);
  await harness.over();
});

Deno.test("C21: a settlement survives that the program is killed before the end was answered", async () => {
  const store = new FakeStore();
  const first = await (await stationHarness({ version: "2.1", store })).boot();
  await charge(first, 1, CARD);
  first.replies.TransactionEvent = "silence";
  void first.station.driver.authorize(1, CARD);
  await first.clock.settle();
  assert.deepEqual(first.payloads("NotifySettlement"), []);
  const replies = { TransactionEvent: { totalCost: 4.2 } };
  const second = await stationHarness({ version: "2.1", store, replies });
  wake(second.station);
  await second.open();
  await second.clock.advance(60_000);
  assert.equal(second.only("NotifySettlement").settlementAmount, 4.2);
  await second.lose();
  second.forget();
  await second.open();
  await second.clock.advance(60_000);
  assert.deepEqual(second.payloads("NotifySettlement"), [], "it is told once");
  await second.over();
});
