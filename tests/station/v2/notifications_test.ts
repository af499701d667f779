/**
 * The short messages: what each says of an event, and that both versions allow it.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { FirmwareStatus, LogStatus } from "../../../src/station/spoken.ts";
import { authorize201 as authorize } from "../../../src/station/v2/authorize.ts";
import { firmwareStatusNotification } from "../../../src/station/v2/firmware_status_notification.ts";
import { heartbeat } from "../../../src/station/v2/heartbeat.ts";
import { logStatusNotification } from "../../../src/station/v2/log_status_notification.ts";
import { meterValues } from "../../../src/station/v2/meter_values.ts";
import { securityEventNotification } from "../../../src/station/v2/security_event_notification.ts";
import { signCertificate } from "../../../src/station/v2/sign_certificate.ts";
import { NOON } from "../v16/fake_charger.ts";
import { sample } from "../v16/support.ts";
import { assertValid, spell } from "./support.ts";

Deno.test("G02: a heartbeat is empty, and hears the time", () => {
  assert.deepEqual(spell(heartbeat, null), {});
  assert.equal(heartbeat.answer({ currentTime: "2026-01-31T12:00:00Z" }), NOON);
  assert.equal(heartbeat.answer({}), null);
});

Deno.test("C01: a token is asked about with its type", () => {
  const idToken = { idToken: "04A2", type: "ISO14443" };
  assert.deepEqual(spell(authorize, { idToken }), { idToken });
  assert.deepEqual(spell(authorize, { idToken: { idToken: "ANNA", type: "" } }), {
    idToken: { idToken: "ANNA", type: "Central" },
  });
});

Deno.test("C09, C10: the answer tells status, group and until when it may be kept", () => {
  const idTokenInfo = {
    status: "Accepted",
    cacheExpiryDateTime: "2026-01-31T12:00:00Z",
    groupIdToken: { idToken: "FAMILY", type: "Central" },
  };
  assertValid("Authorize", "response", { idTokenInfo });
  assert.deepEqual(authorize.answer({ idTokenInfo }), {
    status: "Accepted",
    groupId: { idToken: "FAMILY", type: "Central" },
    expiresAt: NOON,
  });
  assert.equal(authorize.answer({}).status, "Invalid");
});

Deno.test("J01: what the meter of an EVSE reads, 0 being the main meter", () => {
  for (const connectorId of [0, 2]) {
    const payload = spell(meterValues, { connectorId, samples: [sample()] });
    assert.equal(payload?.evseId, connectorId);
  }
  assert.equal(spell(meterValues, { connectorId: 1, samples: [sample({ readings: [] })] }), null);
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

Deno.test("L01: each status of an update is told with its request, Idle without one", () => {
  for (const status of FIRMWARE) {
    const said = spell(firmwareStatusNotification, { status, requestId: 7 });
    assert.deepEqual(said, { status, requestId: 7 });
  }
  const idle = spell(firmwareStatusNotification, { status: "Idle", requestId: null });
  assert.deepEqual(idle, { status: "Idle" });
});

Deno.test("N01: each status of an upload is told with its request, Idle without one", () => {
  for (const status of LOG) {
    const said = spell(logStatusNotification, { status, requestId: 7 });
    assert.deepEqual(said, { status, requestId: 7 });
  }
  const idle = spell(logStatusNotification, { status: "Idle", requestId: null });
  assert.deepEqual(idle, { status: "Idle" });
});

Deno.test("A04: a security event has its type, its time and what is known of it", () => {
  const event = { type: "ResetOrReboot", at: NOON, info: null };
  const said = { type: "ResetOrReboot", timestamp: "2026-01-31T12:00:00.000Z" };
  assert.deepEqual(spell(securityEventNotification, event), said);
  assert.deepEqual(spell(securityEventNotification, { ...event, info: "" }), said);
  const long = spell(securityEventNotification, { ...event, info: "x".repeat(300) });
  assert.equal(long?.techInfo, "x".repeat(255));
});

Deno.test("A02: what is to be signed is for the station's own connection", () => {
  assert.deepEqual(spell(signCertificate, { csr: "CSR" }), {
    csr: "CSR",
    certificateType: "ChargingStationCertificate",
  });
  assert.equal(signCertificate.answer({ status: "Accepted" }), true);
  assert.equal(signCertificate.answer({ status: "Rejected" }), false);
});
