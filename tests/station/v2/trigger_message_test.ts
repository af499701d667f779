import assert from "node:assert/strict";
import type { v21 } from "../../../src/ocpp/mod.ts";
import type { Charger } from "../../../src/station/charger.ts";
import { triggerMessage } from "../../../src/station/v2/trigger_message.ts";
import { connectorFacts, fakeCharger, NOON, transactionFacts } from "../v16/fake_charger.ts";
import { oddPayloads, reading } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf, settings, type Version, VERSIONS } from "./support.ts";

const BUSY = [connectorFacts(), connectorFacts({ id: 2, transaction: transactionFacts() })];
const READS: Partial<Charger> = {
  settings: settings({ cpoName: "ACME" }),
  sample: (_id, context) => ({ at: NOON, context, readings: [reading()] }),
};

async function trigger(
  request: v21.TriggerMessageRequest,
  given: Partial<Charger> = {},
  versions?: readonly Version[],
) {
  const station = fakeCharger({ ...READS, ...given });
  const { payload, after } = await obey(
    "TriggerMessage",
    triggerMessage,
    station,
    request,
    versions,
  );
  assert.deepEqual(station.deeds, [], "the answer goes out first");
  after();
  return { payload, deeds: station.deeds };
}

for (
  const [requestedMessage, what] of [
    ["BootNotification", "boot"],
    ["FirmwareStatusNotification", "firmwareStatus"],
    ["Heartbeat", "heartbeat"],
    ["LogStatusNotification", "logStatus"],
    ["PublishFirmwareStatusNotification", "publishFirmwareStatus"],
    ["SignChargingStationCertificate", "signCertificate"],
  ] as const
) {
  Deno.test(`F06: ${requestedMessage} is Accepted first and said then`, async () => {
    for (const evse of [undefined, { id: 1 }]) {
      const request = { requestedMessage, ...evse === undefined ? {} : { evse } };
      const { payload, deeds } = await trigger(request);
      assert.deepEqual(payload, { status: "Accepted" });
      assert.deepEqual(deeds, [["trigger", what, null]]);
    }
  });
}

Deno.test("F06.FR.17: a boot that the CSMS has accepted is not said again", async () => {
  const requestedMessage = "BootNotification";
  const { payload, deeds } = await trigger({ requestedMessage }, { isAccepted: true });
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "NotEnabled");
  assert.deepEqual(deeds, []);
});

Deno.test("F06: a status is one of a connector", async () => {
  const evse = { id: 2, connectorId: 1 };
  const { deeds } = await trigger({ requestedMessage: "StatusNotification", evse });
  assert.deepEqual(deeds, [["trigger", "status", 2]]);
});

Deno.test("F06.FR.12: a status of no connector in particular is Rejected", async () => {
  for (const evse of [undefined, { id: 2 }]) {
    const requestedMessage = "StatusNotification";
    const request = { requestedMessage, ...evse === undefined ? {} : { evse } } as const;
    const { payload, deeds } = await trigger(request);
    assert.equal(payload.status, "Rejected");
    assert.equal(reasonOf(payload), "MissingParam");
    assert.deepEqual(deeds, []);
  }
});

Deno.test("F06: meter values are read everywhere, or at one EVSE", async () => {
  const requestedMessage = "MeterValues";
  const all = await trigger({ requestedMessage });
  assert.deepEqual(all.deeds, [["trigger", "meterValues", 1], ["trigger", "meterValues", 2]]);
  const one = await trigger({ requestedMessage, evse: { id: 2 } });
  assert.deepEqual(one.deeds, [["trigger", "meterValues", 2]]);
});

Deno.test("F06: where a transaction runs they are meter values all the same", async () => {
  const evse = { id: 2 };
  const connectors = () => BUSY;
  const { deeds } = await trigger({ requestedMessage: "MeterValues", evse }, { connectors });
  assert.deepEqual(deeds, [["say", "meterValues", {
    connectorId: 2,
    samples: [{ at: NOON, context: "Trigger", readings: [reading()] }],
  }]]);
});

Deno.test("F06: events are said of the transactions that run", async () => {
  const requestedMessage = "TransactionEvent";
  const connectors = () => BUSY;
  const { payload, deeds } = await trigger({ requestedMessage }, { connectors });
  assert.deepEqual(payload, { status: "Accepted" });
  assert.deepEqual(deeds, [["trigger", "transaction", 2]]);
  const none = await trigger({ requestedMessage, evse: { id: 1 } }, { connectors });
  assert.equal(none.payload.status, "Rejected");
  assert.equal(reasonOf(none.payload), "TxNotFound");
});

Deno.test("F06: an event of a transaction is said even where the meter reads nothing", async () => {
  const sample: Charger["sample"] = (_id, context) => ({ at: NOON, context, readings: [] });
  const connectors = () => BUSY;
  const requestedMessage = "TransactionEvent";
  const { deeds } = await trigger({ requestedMessage }, { sample, connectors });
  assert.deepEqual(deeds, [["trigger", "transaction", 2]]);
});

Deno.test("F06: where the meter reads nothing there is nothing to say", async () => {
  const sample: Charger["sample"] = (_id, context) => ({ at: NOON, context, readings: [] });
  const { payload } = await trigger({ requestedMessage: "MeterValues" }, { sample });
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "NotEnabled");
});

Deno.test("A02: a certificate needs the name of an organization", async () => {
  const request = { requestedMessage: "SignChargingStationCertificate" } as const;
  const { payload } = await trigger(request, { settings: settings() });
  assert.equal(payload.status, "Rejected");
  assert.equal(reasonOf(payload), "NotEnabled");
});

Deno.test("F06: a place that does not exist is Rejected", async () => {
  const requestedMessage = "Heartbeat";
  const unknown = await trigger({ requestedMessage, evse: { id: 3 } });
  assert.equal(reasonOf(unknown.payload), "UnknownEvse");
  const second = await trigger({ requestedMessage, evse: { id: 1, connectorId: 2 } });
  assert.equal(reasonOf(second.payload), "UnknownConnectorId");
});

Deno.test("F06: what the station does not have is NotImplemented", async () => {
  const messages: Partial<Record<v21.MessageTriggerEnumType, readonly Version[]>> = {
    SignV2GCertificate: VERSIONS,
    SignCombinedCertificate: VERSIONS,
    SignV2G20Certificate: ["2.1"],
    CustomTrigger: ["2.1"],
  };
  for (const [message, versions] of Object.entries(messages)) {
    const requestedMessage = message as v21.MessageTriggerEnumType;
    const { payload, deeds } = await trigger({ requestedMessage }, {}, versions);
    assert.equal(payload.status, "NotImplemented");
    assert.deepEqual(deeds, []);
  }
});

Deno.test("F06: odd requests get a proper answer", async () => {
  const good = { requestedMessage: "StatusNotification", evse: { id: 1, connectorId: 1 } };
  for (const odd of oddPayloads(good)) {
    const { after } = await obeyAnything(
      "TriggerMessage",
      triggerMessage,
      fakeCharger(READS),
      odd,
    );
    after();
  }
});
