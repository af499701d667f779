import assert from "node:assert/strict";
import { signedFirmwareStatusNotification } from "../../../src/station/v16/signed_firmware_status_notification.ts";
import { spell } from "./support.ts";

Deno.test("SignedFirmwareStatusNotification names its request (whitepaper L01.FR.10)", () => {
  const payload = { status: "SignatureVerified", requestId: 7 } as const;
  assert.deepEqual(spell(signedFirmwareStatusNotification, payload), payload);
});

Deno.test("SignedFirmwareStatusNotification is silent about a plain update", () => {
  const event = { status: "Installed", requestId: null } as const;
  assert.equal(spell(signedFirmwareStatusNotification, event), null);
});
