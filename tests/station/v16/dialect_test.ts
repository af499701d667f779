import assert from "node:assert/strict";
import { loadVersion, type Payload } from "../../../src/ocpp/mod.ts";
import type { Outgoing } from "../../../src/station/dialect.ts";
import type { FirmwareStatus, Kind, LogStatus, Spoken } from "../../../src/station/spoken.ts";
import { dialect16 } from "../../../src/station/v16/dialect.ts";
import { behaviour16 } from "../../../src/station/v16/behaviour.ts";
import { officialSchemas } from "../../../tools/schemas/official.ts";
import { NOON } from "./fake_charger.ts";
import { oddPayloads, sample, spell, transactionEnded, transactionEvent } from "./support.ts";

const { messages, commands, answersWhileRejected } = dialect16;
const { actions } = await loadVersion("1.6");

function actionsFrom(sender: "station" | "csms"): string[] {
  return Array.from(actions.values())
    .filter(({ from }) => from === sender || from === "both")
    .map(({ name }) => name)
    .sort();
}

/** What a station says of an event, checked by its schema: the first line that has a request. */
function say<K extends Kind>(kind: K, event: Spoken[K]["event"]): [string, Payload] | null {
  const line: readonly Outgoing<Spoken[K]["event"], Spoken[K]["answer"]>[] = messages[kind] ?? [];
  for (const message of line) {
    const payload = spell(message, event);
    if (payload !== null) return [message.action, payload];
  }
  return null;
}

const all = Object.values(messages).flat() as readonly Outgoing<unknown, unknown>[];

Deno.test("the station obeys each of the 26 actions that a CSMS may send, and no other", () => {
  assert.deepEqual(Object.keys(commands).sort(), actionsFrom("csms"));
  assert.equal(Object.keys(commands).length, 26);
});

Deno.test("the station says each of the 14 actions that it may send, and no other", () => {
  const said = Array.from(new Set(all.map(({ action }) => action))).sort();
  assert.deepEqual(said, actionsFrom("station"));
  assert.equal(said.length, 14);
});

Deno.test("what the station does with each of the 39 actions is written down", () => {
  assert.deepEqual(Object.keys(behaviour16).sort(), Array.from(actions.keys()).sort());
});

Deno.test("§4.2: a station whose boot is rejected is silent", () => {
  assert.equal(answersWhileRejected, false);
});

Deno.test("each kind of thing has its message", () => {
  const identity = {
    vendor: "ACME",
    model: "Wallbox",
    serialNumber: null,
    firmwareVersion: null,
    iccid: null,
    imsi: null,
  };
  const idToken = { idToken: "TAG1", type: "" };
  const samples = [sample()];
  const said = [
    say("boot", { identity, reason: "PowerUp" }),
    say("heartbeat", null),
    say("status", { connectorId: 1, status: "Available", fault: null, at: NOON }),
    say("authorize", { idToken }),
    say("transactionStarted", transactionEvent()),
    say("transactionUpdated", transactionEvent({ samples })),
    say("transactionEnded", transactionEnded()),
    say("meterValues", { connectorId: 1, samples }),
    say("securityEvent", { type: "StartupOfTheDevice", at: NOON, info: null }),
    say("signCertificate", { csr: "-----BEGIN CERTIFICATE REQUEST-----" }),
    say("dataTransfer", { vendorId: "ACME", messageId: null, data: null }),
  ];
  assert.deepEqual(said.map((one) => one?.[0]), [
    "BootNotification",
    "Heartbeat",
    "StatusNotification",
    "Authorize",
    "StartTransaction",
    "MeterValues",
    "StopTransaction",
    "MeterValues",
    "SecurityEventNotification",
    "SignCertificate",
    "DataTransfer",
  ]);
});

Deno.test("§4.7: what 2.x alone tells of a transaction is not said", () => {
  assert.equal(
    say("transactionUpdated", transactionEvent({ trigger: "ChargingStateChanged" })),
    null,
  );
});

const FIRMWARE: readonly FirmwareStatus[] = [
  "Downloaded",
  "DownloadFailed",
  "Downloading",
  "Idle",
  "InstallationFailed",
  "Installing",
  "Installed",
  "DownloadScheduled",
  "DownloadPaused",
  "InstallRebooting",
  "InstallScheduled",
  "InstallVerificationFailed",
  "InvalidSignature",
  "SignatureVerified",
];
const LOG: readonly LogStatus[] = [
  "AcceptedCanceled",
  "BadMessage",
  "Idle",
  "NotSupportedOperation",
  "PermissionDenied",
  "Uploaded",
  "UploadFailure",
  "Uploading",
];

Deno.test("§4.5, whitepaper §5: the request decides which message tells of firmware", () => {
  for (const status of FIRMWARE) {
    const plain = say("firmwareStatus", { status, requestId: null });
    assert(plain === null || plain[0] === "FirmwareStatusNotification", status);
    const signed = say("firmwareStatus", { status, requestId: 7 });
    assert.deepEqual(signed, ["SignedFirmwareStatusNotification", { status, requestId: 7 }]);
  }
});

Deno.test("§4.4, whitepaper §5: the request decides which message tells of a log", () => {
  for (const status of LOG) {
    const plain = say("logStatus", { status, requestId: null });
    assert(plain === null || plain[0] === "DiagnosticsStatusNotification", status);
    const log = say("logStatus", { status, requestId: 7 });
    assert(log === null || log[0] === "LogStatusNotification", status);
  }
});

Deno.test("no answer of a CSMS, however odd, makes a message throw", async () => {
  const schemas = await officialSchemas("1.6");
  for (const message of all) {
    const { schema } = schemas.find(({ action, role }) =>
      action === message.action && role === "response"
    )!;
    const fields = Object.fromEntries(Object.keys(schema.properties ?? {}).map((key) => [key, ""]));
    for (const odd of oddPayloads(fields)) message.answer(odd);
  }
});
