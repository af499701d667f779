import assert from "node:assert/strict";
import { triggerMessage } from "../../../src/station/v16/trigger_message.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const MESSAGES = {
  BootNotification: "boot",
  DiagnosticsStatusNotification: "logStatus",
  FirmwareStatusNotification: "firmwareStatus",
  Heartbeat: "heartbeat",
  MeterValues: "meterValues",
  StatusNotification: "status",
} as const;

for (const requestedMessage of Object.keys(MESSAGES) as (keyof typeof MESSAGES)[]) {
  Deno.test(`§5.17: ${requestedMessage} is Accepted first and said then`, async () => {
    const station = fakeCharger();
    const request = { requestedMessage };
    const { payload, after } = await obey("TriggerMessage", triggerMessage, station, request);
    assert.deepEqual(payload, { status: "Accepted" });
    assert.deepEqual(station.deeds, []);
    after();
    assert.deepEqual(station.deeds, [["trigger", MESSAGES[requestedMessage], null, false]]);
  });
}

for (const requestedMessage of ["MeterValues", "StatusNotification"] as const) {
  Deno.test(`§5.17: ${requestedMessage} of one connector, or of the station as a whole`, async () => {
    for (const connectorId of [0, 2]) {
      const station = fakeCharger();
      const request = { requestedMessage, connectorId };
      const { after } = await obey("TriggerMessage", triggerMessage, station, request);
      after();
      assert.deepEqual(station.deeds, [[
        "trigger",
        MESSAGES[requestedMessage],
        connectorId,
        false,
      ]]);
    }
  });

  Deno.test(`§5.17: ${requestedMessage} of an unknown connector is Rejected`, async () => {
    const station = fakeCharger();
    const request = { requestedMessage, connectorId: 3 };
    const { payload, after } = await obey("TriggerMessage", triggerMessage, station, request);
    assert.deepEqual(payload, { status: "Rejected" });
    after();
    assert.deepEqual(station.deeds, []);
  });
}

Deno.test("§5.17: a connector means nothing to a message that is not of one", async () => {
  const station = fakeCharger();
  const request = { requestedMessage: "Heartbeat", connectorId: 3 } as const;
  const { payload, after } = await obey("TriggerMessage", triggerMessage, station, request);
  assert.deepEqual(payload, { status: "Accepted" });
  after();
  assert.deepEqual(station.deeds, [["trigger", "heartbeat", null, false]]);
});

Deno.test("§5.17: a message that nobody knows is NotImplemented", async () => {
  for (const requestedMessage of ["Authorize", "toString", "__proto__", null]) {
    const odd = { requestedMessage };
    const { payload } = await obeyAnything("TriggerMessage", triggerMessage, fakeCharger(), odd);
    assert.deepEqual(payload, { status: "NotImplemented" });
  }
});

Deno.test("§5.17: odd requests get a proper answer", async () => {
  const good = { requestedMessage: "StatusNotification", connectorId: 1 };
  for (const odd of oddPayloads(good)) {
    const station = fakeCharger();
    (await obeyAnything("TriggerMessage", triggerMessage, station, odd)).after();
  }
});
