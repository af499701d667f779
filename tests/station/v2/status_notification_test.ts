import assert from "node:assert/strict";
import { statusNotification } from "../../../src/station/v2/status_notification.ts";
import { NOON } from "../v16/fake_charger.ts";
import { spell } from "./support.ts";

for (
  const [status, connectorStatus] of [
    ["Available", "Available"],
    ["Preparing", "Occupied"],
    ["Charging", "Occupied"],
    ["SuspendedEV", "Occupied"],
    ["SuspendedEVSE", "Occupied"],
    ["Finishing", "Occupied"],
    ["Reserved", "Reserved"],
    ["Unavailable", "Unavailable"],
    ["Faulted", "Faulted"],
  ] as const
) {
  Deno.test(`G01: ${status} is ${connectorStatus}, of connector 1 of an EVSE`, () => {
    const event = { connectorId: 2, status, fault: null, at: NOON };
    assert.deepEqual(spell(statusNotification, event), {
      timestamp: "2026-01-31T12:00:00.000Z",
      connectorStatus,
      evseId: 2,
      connectorId: 1,
    });
  });
}

Deno.test("G01: the station itself has no status", () => {
  const event = { connectorId: 0, status: "Available", fault: null, at: NOON } as const;
  assert.equal(spell(statusNotification, event), null);
});
