import assert from "node:assert/strict";
import { Settings } from "../../../src/station/settings/settings.ts";
import { extendedTriggerMessage } from "../../../src/station/v16/extended_trigger_message.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads } from "./support.ts";

const MESSAGES = {
  BootNotification: "boot",
  FirmwareStatusNotification: "firmwareStatus",
  Heartbeat: "heartbeat",
  LogStatusNotification: "logStatus",
  MeterValues: "meterValues",
  SignChargePointCertificate: "signCertificate",
  StatusNotification: "status",
} as const;

/** A station whose certificate can be asked for, or not. */
function named(cpoName: string) {
  const settings = new Settings({ settingChanged() {}, settingRefusal: () => null });
  settings.set("cpoName", cpoName);
  return fakeCharger({ settings });
}

const ACTION = "ExtendedTriggerMessage";

for (const requestedMessage of Object.keys(MESSAGES) as (keyof typeof MESSAGES)[]) {
  Deno.test(`whitepaper §5: ${requestedMessage} is Accepted first and said then`, async () => {
    const station = named("ACME");
    const request = { requestedMessage };
    const { payload, after } = await obey(ACTION, extendedTriggerMessage, station, request);
    assert.deepEqual(payload, { status: "Accepted" });
    assert.deepEqual(station.deeds, []);
    after();
    assert.deepEqual(station.deeds, [["trigger", MESSAGES[requestedMessage], null, true]]);
  });
}

Deno.test("whitepaper §5: a message of an unknown connector is Rejected", async () => {
  const request = { requestedMessage: "StatusNotification", connectorId: 3 } as const;
  const { payload } = await obey(ACTION, extendedTriggerMessage, fakeCharger(), request);
  assert.deepEqual(payload, { status: "Rejected" });
});

Deno.test("A02: without CpoName there is no certificate to ask for, which is Rejected", async () => {
  const station = named("");
  const request = { requestedMessage: "SignChargePointCertificate" } as const;
  const { payload, after } = await obey(ACTION, extendedTriggerMessage, station, request);
  assert.deepEqual(payload, { status: "Rejected" });
  after();
  assert.deepEqual(station.deeds, []);
});

Deno.test("whitepaper §5: a message that nobody knows is NotImplemented", async () => {
  const odd = { requestedMessage: "DiagnosticsStatusNotification" };
  const { payload } = await obeyAnything(ACTION, extendedTriggerMessage, fakeCharger(), odd);
  assert.deepEqual(payload, { status: "NotImplemented" });
});

Deno.test("whitepaper §5: odd requests get a proper answer", async () => {
  for (const odd of oddPayloads({ requestedMessage: "MeterValues", connectorId: 1 })) {
    await obeyAnything(ACTION, extendedTriggerMessage, fakeCharger(), odd);
  }
});
