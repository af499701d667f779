import assert from "node:assert/strict";
import { securityEventNotification } from "../../../src/station/v16/security_event_notification.ts";
import { NOON } from "./fake_charger.ts";
import { spell } from "./support.ts";

const say = (type: string, info: string | null) =>
  spell(securityEventNotification, { type, at: NOON, info });

Deno.test("SecurityEventNotification says when, and leaves out what there is not (whitepaper §5.15)", () => {
  const timestamp = "2026-01-31T12:00:00.000Z";
  assert.deepEqual(say("ResetOrReboot", null), { type: "ResetOrReboot", timestamp });
  assert.equal(say("ResetOrReboot", "x".repeat(300))!.techInfo, "x".repeat(255));
});

Deno.test("SecurityEventNotification uses the names of 1.6 (whitepaper §8)", () => {
  const names = {
    CsmsFailedToAuthenticate: "CentralSystemFailedToAuthentication",
    FailedToAuthenticateAtCsms: "FailedToAuthenticationAtCentralSystem",
    InvalidChargingStationCertificate: "InvalidChargePointCertificate",
    InvalidCsmsCertificate: "InvalidCentralSystemCertificate",
    InvalidTLSVersion: "InvalidTLSVersion",
  };
  for (const [type, name] of Object.entries(names)) assert.equal(say(type, null)!.type, name);
});
