import assert from "node:assert/strict";
import type { FirmwareStatus } from "../../../src/station/spoken.ts";
import { firmwareStatusNotification } from "../../../src/station/v16/firmware_status_notification.ts";
import { spell } from "./support.ts";

const say = (status: FirmwareStatus, requestId: number | null = null) =>
  spell(firmwareStatusNotification, { status, requestId });

Deno.test("FirmwareStatusNotification says what plain 1.6 has a word for (§7.25)", () => {
  const known = [
    "Downloaded",
    "DownloadFailed",
    "Downloading",
    "Idle",
    "InstallationFailed",
    "Installed",
    "Installing",
  ] as const;
  for (const status of known) assert.deepEqual(say(status), { status });
  assert.deepEqual(say("InstallVerificationFailed"), { status: "InstallationFailed" });
  for (const status of ["DownloadScheduled", "InstallScheduled", "InstallRebooting"] as const) {
    assert.equal(say(status), null);
  }
});

Deno.test("FirmwareStatusNotification is silent about a signed update", () => {
  assert.equal(say("Installed", 7), null);
});
