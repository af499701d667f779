import assert from "node:assert/strict";
import { charge, facilityHarness } from "../facility_harness.ts";
import { reasonOf, VERSIONS } from "./support.ts";

const ANNA = { idToken: "ANNA", type: "Central" };
const ACCEPTED = { status: "Accepted", groupId: null, expiresAt: null } as const;

for (const version of VERSIONS) {
  Deno.test(`N09 in ${version}: what is known of a customer is told`, async () => {
    const harness = await facilityHarness({ version });
    const { station } = harness;
    const transactionId = await charge(harness);
    const change = { idToken: ANNA, info: { ...ACCEPTED, status: "Blocked" as const } };
    station.localList.update(1, "full", [change], { inUpdate: 9, inAll: 9 });
    station.cache.keep(ANNA, ACCEPTED, station.now());
    const request = { requestId: 3, report: true, clear: false, idToken: ANNA };
    assert.deepEqual(await harness.call("CustomerInformation", request), { status: "Accepted" });
    await harness.clock.settle();
    const { data, ...rest } = harness.only("NotifyCustomerInformation");
    assert.deepEqual([rest.requestId, rest.seqNo, rest.tbc], [3, 0, false]);
    assert(typeof data === "string");
    const lines = data.split("\n");
    assert.deepEqual(lines.slice(0, 2), [
      "Authorization cache: Accepted",
      "Local authorization list: Blocked",
    ]);
    assert(lines[2]?.startsWith(`Transaction ${transactionId}: EVSE 1, from `));
    assert(lines[2]?.endsWith(", running"));
    await harness.over();
  });
}

Deno.test("N09: a long report comes in parts that fit, one after the other", async () => {
  const harness = await facilityHarness({ version: "2.0.1" });
  const { station } = harness;
  for (let round = 0; round < 8; round++) {
    await charge(harness);
    await station.driver.stopTransaction(1, {});
    await station.driver.unplug(1);
  }
  harness.forget();
  await harness.call("CustomerInformation", {
    requestId: 3,
    report: true,
    clear: false,
    idToken: ANNA,
  });
  await harness.clock.settle();
  const parts = harness.payloads("NotifyCustomerInformation");
  assert(parts.length > 1);
  assert.deepEqual(
    parts.map(({ seqNo, tbc }) => [seqNo, tbc]),
    parts.map((_, index) => [
      index,
      index < parts.length - 1,
    ]),
  );
  const text = parts.map(({ data }) => data).join("");
  assert.equal(text.match(/^Transaction /gm)?.length, 8);
  await harness.over();
});

Deno.test("N10: a customer is forgotten, but not where the CSMS rules or something is under way", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  const { station } = harness;
  await charge(harness);
  await station.driver.stopTransaction(1, {});
  await station.driver.unplug(1);
  const running = await charge(harness);
  station.cache.keep(ANNA, ACCEPTED, station.now());
  const request = { requestId: 3, report: false, clear: true, idToken: ANNA };
  assert.deepEqual(await harness.call("CustomerInformation", request), { status: "Accepted" });
  await harness.clock.settle();
  assert.equal(harness.only("NotifyCustomerInformation").data, "");
  assert.equal(station.cache.size, 0);
  assert.equal(station.charging.ended[0]?.facts.idToken, null);
  assert.equal(station.connector(1)?.transaction?.id, running);
  assert.deepEqual(station.connector(1)?.transaction?.idToken, ANNA);
  await harness.over();
});

Deno.test("N09: who nobody knows is answered with a word", async () => {
  const harness = await facilityHarness({ version: "2.1" });
  for (const customer of [{ customerIdentifier: "anna" }, { idToken: ANNA }]) {
    const request = { requestId: 3, report: true, clear: true, ...customer };
    assert.deepEqual(await harness.call("CustomerInformation", request), { status: "Accepted" });
    await harness.clock.settle();
    const { data } = harness.payloads("NotifyCustomerInformation").at(-1)!;
    assert.equal(data, "Nothing is known of this customer");
  }
  await harness.over();
});

Deno.test("N09: a request names one customer, and wants something", async () => {
  const harness = await facilityHarness({ version: "2.0.1" });
  const request = { requestId: 3, report: true, clear: false };
  const nobody = await harness.call("CustomerInformation", request);
  assert.deepEqual([nobody.status, reasonOf(nobody)], ["Invalid", "InvalidValue"]);
  const both = { ...request, idToken: ANNA, customerIdentifier: "anna" };
  assert.equal((await harness.call("CustomerInformation", both)).status, "Invalid");
  const nothing = { ...request, report: false, idToken: ANNA };
  assert.equal((await harness.call("CustomerInformation", nothing)).status, "Rejected");
  await harness.over();
});
