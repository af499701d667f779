import assert from "node:assert/strict";
import type { Identity } from "../../../src/station/spoken.ts";
import { bootNotification } from "../../../src/station/v16/boot_notification.ts";
import { NOON } from "./fake_charger.ts";
import { oddPayloads, spell } from "./support.ts";

const BARE: Identity = {
  vendor: "ACME",
  model: "Wallbox",
  serialNumber: null,
  firmwareVersion: null,
  iccid: null,
  imsi: null,
};

function boot(given: Partial<Identity> = {}) {
  return spell(bootNotification, { identity: { ...BARE, ...given }, reason: "PowerUp" });
}

Deno.test("§4.2: the boot says who the station is, and leaves out what it does not know", () => {
  assert.deepEqual(boot(), { chargePointVendor: "ACME", chargePointModel: "Wallbox" });
  assert.deepEqual(boot({ serialNumber: "", iccid: "" }), boot());
  const whole = { serialNumber: "S1", firmwareVersion: "1.2", iccid: "8931", imsi: "2620" };
  assert.deepEqual(boot(whole), {
    chargePointVendor: "ACME",
    chargePointModel: "Wallbox",
    chargePointSerialNumber: "S1",
    firmwareVersion: "1.2",
    iccid: "8931",
    imsi: "2620",
  });
});

Deno.test("§6.3: an identity with the lengths of 2.x is cut to those of 1.6", () => {
  const long = "0123456789".repeat(6);
  const payload = boot({
    vendor: long,
    model: long,
    serialNumber: long,
    firmwareVersion: long,
    iccid: long,
    imsi: long,
  });
  assert.deepEqual(Object.values(payload!).map((text) => String(text).length), [
    20,
    20,
    25,
    50,
    20,
    20,
  ]);
});

for (const status of ["Accepted", "Pending", "Rejected"]) {
  Deno.test(`§4.2: the answer ${status} is read with its interval and the time`, () => {
    const answer = { status, interval: 300, currentTime: "2026-01-31T12:00:00Z" };
    assert.deepEqual(bootNotification.answer(answer), {
      status,
      intervalSeconds: 300,
      currentTime: NOON,
    });
  });
}

Deno.test("§4.2: an answer that nobody understands means: ask again", () => {
  assert.deepEqual(bootNotification.answer({ status: "Perhaps", interval: -5 }), {
    status: "Pending",
    intervalSeconds: 0,
    currentTime: null,
  });
  const good = { status: "Accepted", interval: 300, currentTime: "2026-01-31T12:00:00Z" };
  for (const odd of oddPayloads(good)) {
    const { intervalSeconds } = bootNotification.answer(odd);
    assert(intervalSeconds >= 0, JSON.stringify(odd));
  }
});
