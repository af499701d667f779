import assert from "node:assert/strict";
import { loadVersion, type Payload } from "../../../src/ocpp/mod.ts";
import type { Messages, Outgoing } from "../../../src/station/dialect.ts";
import type { Kind, Spoken } from "../../../src/station/spoken.ts";
import { behaviour2 } from "../../../src/station/v2/behaviour.ts";
import { dialect201, dialect21 } from "../../../src/station/v2/dialect.ts";
import { moreBehaviour } from "../../../src/station/v2/more_behaviour.ts";
import { officialSchemas } from "../../../tools/schemas/official.ts";
import { NOON } from "../v16/fake_charger.ts";
import { oddPayloads, sample, transactionEnded, transactionEvent } from "../v16/support.ts";
import { spell, VERSIONS } from "./support.ts";

const DIALECTS = { "2.0.1": dialect201, "2.1": dialect21 } as const;

/** What a station says of an event, checked by both schemas. */
function say<K extends Kind>(
  messages: Messages,
  kind: K,
  event: Spoken[K]["event"],
): [string, Payload] | null {
  const line: readonly Outgoing<Spoken[K]["event"], Spoken[K]["answer"]>[] = messages[kind] ?? [];
  for (const message of line) {
    const payload = spell(message, event);
    if (payload !== null) return [message.action, payload];
  }
  return null;
}

for (const version of VERSIONS) {
  const { messages, commands, answersWhileRejected } = DIALECTS[version];
  const { actions } = await loadVersion(version);
  const all = Object.values(messages).flat() as readonly Outgoing<unknown, unknown>[];

  Deno.test(`${version}: what the station obeys is what a CSMS may send`, () => {
    for (const action of Object.keys(commands)) {
      const from = actions.get(action)?.from;
      assert(from === "csms" || from === "both", action);
    }
  });

  Deno.test(`${version}: what the station says is what it may say`, () => {
    for (const { action } of all) {
      const from = actions.get(action)?.from;
      assert(from === "station" || from === "both", action);
    }
  });

  Deno.test(`${version}: what the station does with each of its actions is written down`, () => {
    const known = new Set([...Object.keys(commands), ...all.map(({ action }) => action)]);
    const written = { ...behaviour2, ...moreBehaviour };
    assert.deepEqual(Array.from(known).filter((action) => !(action in written)), []);
  });

  Deno.test(`${version}, B03: a station whose boot is rejected answers`, () => {
    assert.equal(answersWhileRejected, true);
  });

  Deno.test(`${version}: each kind of thing has its message`, () => {
    const identity = {
      vendor: "ACME",
      model: "Wallbox",
      serialNumber: null,
      firmwareVersion: null,
      iccid: null,
      imsi: null,
    };
    const samples = [sample()];
    const said = [
      say(messages, "boot", { identity, reason: "PowerUp" }),
      say(messages, "heartbeat", null),
      say(messages, "status", { connectorId: 1, status: "Available", fault: null, at: NOON }),
      say(messages, "authorize", { idToken: { idToken: "TAG1", type: "" } }),
      say(messages, "transactionStarted", transactionEvent()),
      say(messages, "transactionUpdated", transactionEvent({ trigger: "ChargingStateChanged" })),
      say(messages, "transactionEnded", transactionEnded()),
      say(messages, "meterValues", { connectorId: 1, samples }),
      say(messages, "firmwareStatus", { status: "Downloading", requestId: 1 }),
      say(messages, "logStatus", { status: "Uploading", requestId: 1 }),
      say(messages, "securityEvent", { type: "StartupOfTheDevice", at: NOON, info: null }),
      say(messages, "signCertificate", { csr: "-----BEGIN CERTIFICATE REQUEST-----" }),
      say(messages, "dataTransfer", { vendorId: "ACME", messageId: null, data: null }),
    ];
    assert.deepEqual(said.map((one) => one?.[0]), [
      "BootNotification",
      "Heartbeat",
      "StatusNotification",
      "Authorize",
      "TransactionEvent",
      "TransactionEvent",
      "TransactionEvent",
      "MeterValues",
      "FirmwareStatusNotification",
      "LogStatusNotification",
      "SecurityEventNotification",
      "SignCertificate",
      "DataTransfer",
    ]);
  });

  Deno.test(`${version}: no answer of a CSMS, however odd, makes a message throw`, async () => {
    const schemas = await officialSchemas(version);
    for (const message of all) {
      const response = schemas.find(({ action, role }) =>
        action === message.action && role === "response"
      );
      // Nobody answers a SEND.
      const names = Object.keys(response?.schema.properties ?? {});
      const fields = Object.fromEntries(names.map((key) => [key, ""]));
      for (const odd of oddPayloads(fields)) message.answer(odd);
    }
  });
}
