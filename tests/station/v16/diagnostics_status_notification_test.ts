import assert from "node:assert/strict";
import type { LogStatus } from "../../../src/station/spoken.ts";
import { diagnosticsStatusNotification } from "../../../src/station/v16/diagnostics_status_notification.ts";
import { spell } from "./support.ts";

const say = (status: LogStatus, requestId: number | null = null) =>
  spell(diagnosticsStatusNotification, { status, requestId });

Deno.test("DiagnosticsStatusNotification has one word for all failures (1.6 §7.24)", () => {
  for (const status of ["Idle", "Uploaded", "Uploading"] as const) {
    assert.deepEqual(say(status), { status });
  }
  const failures = [
    "BadMessage",
    "NotSupportedOperation",
    "PermissionDenied",
    "UploadFailure",
  ] as const;
  for (const status of failures) assert.deepEqual(say(status), { status: "UploadFailed" });
  assert.equal(say("AcceptedCanceled"), null);
});

Deno.test("DiagnosticsStatusNotification is silent about an upload that GetLog began", () => {
  assert.equal(say("Uploaded", 7), null);
});
