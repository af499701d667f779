import assert from "node:assert/strict";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";
import { charge, HOUR_MS } from "./sessions.ts";

const TWO = { connectors: [{ id: 1 }, { id: 2 }] };

async function trigger(harness: StationHarness, requestedMessage: string, connectorId?: number) {
  const answer = await harness.call("TriggerMessage", { requestedMessage, connectorId });
  await harness.clock.settle();
  assert.deepEqual(answer, { status: "Accepted" });
}

for (
  const [message, said] of [
    ["Heartbeat", ["Heartbeat"]],
    ["FirmwareStatusNotification", ["FirmwareStatusNotification Idle"]],
    ["DiagnosticsStatusNotification", ["DiagnosticsStatusNotification Idle"]],
  ] as const
) {
  Deno.test(`${message} is said when it is asked for, after the answer (1.6 §5.17)`, async () => {
    const harness = await (await stationHarness()).boot();
    await trigger(harness, message);
    assert.deepEqual(harness.said, said);
    assert.equal(JSON.parse(harness.csms.sent[0]!)[0], 3);
    await harness.over();
  });
}

Deno.test("BootNotification is said again, and all statuses after it (1.6 §5.17)", async () => {
  const harness = await (await stationHarness()).boot();
  await trigger(harness, "BootNotification");
  assert.equal(harness.csms.actions[0], "BootNotification");
  assert(harness.station.line.accepted);
  await harness.over();
});

Deno.test("a status is told of one connector, or of all with the station (1.6 §5.17)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  const told = async (connectorId?: number) => {
    harness.forget();
    await trigger(harness, "StatusNotification", connectorId);
    return harness.payloads("StatusNotification").map((payload) => payload.connectorId);
  };
  assert.deepEqual(await told(2), [2]);
  assert.deepEqual(await told(0), [0]);
  assert.deepEqual(await told(), [0, 1, 2]);
  await harness.over();
});

Deno.test("a pending station says what it is asked for, and nothing else (1.6 §4.2)", async () => {
  const harness = await stationHarness({
    replies: {
      BootNotification: { status: "Pending", currentTime: "2026-01-01T00:00:00Z", interval: 600 },
    },
  });
  await harness.open();
  harness.forget();
  await trigger(harness, "StatusNotification", 1);
  await trigger(harness, "MeterValues", 1);
  assert.deepEqual(harness.csms.actions, ["StatusNotification", "MeterValues"]);
  await harness.over();
});

Deno.test("meter values are those of the transaction where one runs (1.6 §5.17)", async () => {
  const harness = await (await stationHarness({ station: TWO })).boot();
  await charge(harness, 2);
  await harness.clock.advance(1_000);
  for (const [connectorId, count] of [[undefined, 2], [0, 2], [1, 1], [2, 1]] as const) {
    harness.forget();
    await trigger(harness, "MeterValues", connectorId);
    const values = harness.payloads("MeterValues");
    assert.equal(values.length, count, `connector ${connectorId}`);
    for (const { connectorId, transactionId, meterValue } of values) {
      assert.equal(transactionId, connectorId === 2 ? 1 : undefined);
      const [{ sampledValue: [first] }] = meterValue as [{ sampledValue: [{ context: string }] }];
      assert.equal(first.context, "Trigger");
    }
  }
  await harness.over();
});

Deno.test("a certificate is asked for by name (whitepaper §5, A02)", async () => {
  const harness = await (await stationHarness()).boot();
  const ask = { requestedMessage: "SignChargePointCertificate" };
  assert.deepEqual(await harness.call("ExtendedTriggerMessage", ask), { status: "Rejected" });
  harness.station.settings.set("cpoName", "ACME");
  assert.deepEqual(await harness.call("ExtendedTriggerMessage", ask), { status: "Accepted" });
  while (harness.payloads("SignCertificate").length === 0) await harness.clock.settle();
  assert.match(String(harness.only("SignCertificate").csr), /BEGIN CERTIFICATE REQUEST/);
  await harness.clock.advance(HOUR_MS / 100);
  await harness.over();
});
