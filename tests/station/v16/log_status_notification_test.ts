import assert from "node:assert/strict";
import { logStatusNotification } from "../../../src/station/v16/log_status_notification.ts";
import { spell } from "./support.ts";

Deno.test("LogStatusNotification names its request (whitepaper N01.FR.07)", () => {
  const payload = { status: "PermissionDenied", requestId: 7 } as const;
  assert.deepEqual(spell(logStatusNotification, payload), payload);
});

Deno.test("LogStatusNotification is silent about diagnostics, and about what was called off", () => {
  assert.equal(spell(logStatusNotification, { status: "Uploaded", requestId: null }), null);
  assert.equal(spell(logStatusNotification, { status: "AcceptedCanceled", requestId: 7 }), null);
});
