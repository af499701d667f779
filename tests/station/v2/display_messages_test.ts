import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import { charge, facilityHarness } from "../facility_harness.ts";
import { reasonOf, VERSIONS } from "./support.ts";

function info(given: Partial<v21.MessageInfoType> = {}): v21.MessageInfoType {
  return {
    id: 1,
    priority: "NormalCycle",
    message: { format: "UTF8", language: "de", content: "Grüezi" },
    ...given,
  };
}

for (const version of VERSIONS) {
  Deno.test(`O01, O03, O05 in ${version}: a message is set, reported as it was, and cleared`, async () => {
    const harness = await facilityHarness({ version });
    const message = info({
      priority: "InFront",
      state: "Idle",
      startDateTime: "2026-01-31T12:00:00.000Z",
      endDateTime: "2999-01-01T00:00:00.000Z",
      display: { name: "Display", evse: { id: 2 } },
    });
    assert.deepEqual(await harness.call("SetDisplayMessage", { message }), { status: "Accepted" });
    const asked = { requestId: 9, state: "Idle" };
    assert.deepEqual(await harness.call("GetDisplayMessages", asked), { status: "Accepted" });
    await harness.clock.settle();
    assert.deepEqual(harness.only("NotifyDisplayMessages"), {
      requestId: 9,
      tbc: false,
      messageInfo: [message],
    });
    assert.deepEqual(await harness.call("ClearDisplayMessage", { id: 1 }), { status: "Accepted" });
    assert.equal((await harness.call("ClearDisplayMessage", { id: 1 })).status, "Unknown");
    assert.equal((await harness.call("GetDisplayMessages", asked)).status, "Unknown");
    await harness.over();
  });

  Deno.test(`O02 in ${version}: a message of a transaction goes with it`, async () => {
    const harness = await facilityHarness({ version });
    const message = info({ transactionId: "nobody's" });
    const unknown = await harness.call("SetDisplayMessage", { message });
    assert.equal(unknown.status, "UnknownTransaction");
    assert.equal(reasonOf(unknown), "TxNotFound");
    const transactionId = await charge(harness);
    await harness.call("SetDisplayMessage", { message: info({ transactionId }) });
    assert.equal(harness.station.services.facilities.displays.all.length, 1);
    await harness.station.driver.stopTransaction(1, {});
    assert.deepEqual(harness.station.services.facilities.displays.all, []);
    await harness.over();
  });

  Deno.test(`O03 in ${version}: many messages are reported in parts, in order`, async () => {
    const harness = await facilityHarness({ version });
    const content = "x".repeat(500);
    for (let id = 1; id <= 80; id++) {
      const message = info({ id, message: { format: "ASCII", content } });
      await harness.call("SetDisplayMessage", { message });
    }
    await harness.call("GetDisplayMessages", { requestId: 9 });
    await harness.clock.settle();
    const parts = harness.payloads("NotifyDisplayMessages") as unknown as readonly (
      { tbc: boolean; messageInfo: readonly { id: number }[] }
    )[];
    assert(parts.length > 1);
    assert.deepEqual(parts.map(({ tbc }) => tbc), parts.map((_, at) => at < parts.length - 1));
    const ids = parts.flatMap(({ messageInfo }) => messageInfo.map(({ id }) => id));
    assert.deepEqual(ids, Array.from({ length: 80 }, (_, index) => index + 1));
    await harness.over();
  });
}

Deno.test("O01: a display of an EVSE that is not there shows nothing", async () => {
  const harness = await facilityHarness({ version: "2.0.1" });
  const message = info({ display: { name: "Display", evse: { id: 7 } } });
  const refused = await harness.call("SetDisplayMessage", { message });
  assert.deepEqual([refused.status, reasonOf(refused)], ["Rejected", "UnknownEvse"]);
  await harness.over();
});

Deno.test("O01 in 2.1: a message comes in several languages", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const messageExtra = [{ format: "QRCODE", content: "https://example.org" }] as const;
  const message = info({ messageExtra: [...messageExtra] });
  await harness.call("SetDisplayMessage", { message });
  await harness.call("GetDisplayMessages", { requestId: 9, id: [1] });
  await harness.clock.settle();
  assert.deepEqual(harness.only("NotifyDisplayMessages").messageInfo, [message]);
  const { displays } = harness.station.services.facilities.view();
  assert.deepEqual(displays[0]?.messages, ["Grüezi"]);
  await harness.over();
});

Deno.test("O03: a report ends with its connection", async () => {
  const harness = await facilityHarness({
    version: "2.1",
    replies: { NotifyDisplayMessages: "silence" },
  });
  await harness.call("SetDisplayMessage", { message: info() });
  await harness.call("GetDisplayMessages", { requestId: 9 });
  await harness.lose();
  assert(harness.lines.some((line) => line.includes("A report ends early")));
  await harness.over();
});
