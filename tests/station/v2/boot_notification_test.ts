import assert from "node:assert/strict";
import type { BootReason, Identity } from "../../../src/station/spoken.ts";
import { bootNotification } from "../../../src/station/v2/boot_notification.ts";
import { oddPayloads } from "../v16/support.ts";
import { spell } from "./support.ts";

const IDENTITY: Identity = {
  vendor: "ACME",
  model: "Wallbox",
  serialNumber: null,
  firmwareVersion: null,
  iccid: null,
  imsi: null,
};

const REASONS: readonly BootReason[] = [
  "ApplicationReset",
  "FirmwareUpdate",
  "LocalReset",
  "PowerUp",
  "RemoteReset",
  "ScheduledReset",
  "Triggered",
  "Unknown",
  "Watchdog",
];

for (const reason of REASONS) {
  Deno.test(`B01: the boot says who the station is, and ${reason}`, () => {
    assert.deepEqual(spell(bootNotification, { identity: IDENTITY, reason }), {
      reason,
      chargingStation: { vendorName: "ACME", model: "Wallbox" },
    });
  });
}

Deno.test("B01: a modem is there only when something is known of it", () => {
  const modem = (given: Partial<Identity>) => {
    const event = { identity: { ...IDENTITY, ...given }, reason: "PowerUp" } as const;
    return (spell(bootNotification, event)?.chargingStation as { modem?: unknown }).modem;
  };
  assert.equal(modem({ iccid: "" }), undefined);
  assert.deepEqual(modem({ iccid: "8949" }), { iccid: "8949" });
  assert.deepEqual(modem({ iccid: "8949", imsi: "262" }), { iccid: "8949", imsi: "262" });
});

Deno.test("B01: what is longer than its field is cut", () => {
  const long = "🔌".repeat(100);
  const identity = {
    vendor: long,
    model: long,
    serialNumber: long,
    firmwareVersion: long,
    iccid: long,
    imsi: long,
  };
  const station = spell(bootNotification, { identity, reason: "PowerUp" })?.chargingStation;
  assert.deepEqual(station, {
    vendorName: "🔌".repeat(50),
    model: "🔌".repeat(20),
    serialNumber: "🔌".repeat(25),
    firmwareVersion: "🔌".repeat(50),
    modem: { iccid: "🔌".repeat(20), imsi: "🔌".repeat(20) },
  });
});

Deno.test("B01: the answer says whether the station is accepted, how often it beats, and the time", () => {
  const answer = { status: "Accepted", interval: 300, currentTime: "2026-01-31T12:00:00Z" };
  assert.deepEqual(bootNotification.answer(answer), {
    status: "Accepted",
    intervalSeconds: 300,
    currentTime: Date.UTC(2026, 0, 31, 12),
  });
});

Deno.test("B02: an answer that nobody understands leaves the boot pending", () => {
  for (const odd of oddPayloads({ status: "Accepted", interval: 1, currentTime: "" })) {
    const { status, intervalSeconds } = bootNotification.answer(odd);
    if (odd.status !== "Accepted") assert.equal(status, "Pending");
    assert(intervalSeconds >= 0);
  }
});
