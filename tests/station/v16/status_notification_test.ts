import assert from "node:assert/strict";
import type { StatusEvent } from "../../../src/station/spoken.ts";
import { statusNotification } from "../../../src/station/v16/status_notification.ts";
import type { ConnectorStatus } from "../../../src/station/words.ts";
import { officialSchemas } from "../../../tools/schemas/official.ts";
import { NOON } from "./fake_charger.ts";
import { spell } from "./support.ts";

const STATUSES: readonly ConnectorStatus[] = [
  "Available",
  "Preparing",
  "Charging",
  "SuspendedEV",
  "SuspendedEVSE",
  "Finishing",
  "Reserved",
  "Unavailable",
  "Faulted",
];

function status(given: Partial<StatusEvent>) {
  const event = { connectorId: 1, status: "Available", fault: null, at: NOON, ...given } as const;
  return spell(statusNotification, event);
}

for (const one of STATUSES.filter((status) => status !== "Faulted")) {
  Deno.test(`§4.9: a connector that is ${one} says so, with NoError and the time`, () => {
    assert.deepEqual(status({ status: one }), {
      connectorId: 1,
      status: one,
      errorCode: "NoError",
      timestamp: "2026-01-31T12:00:00.000Z",
    });
  });
}

Deno.test("§4.9: connector 0 is Available, Unavailable or Faulted, and nothing else", () => {
  for (const one of STATUSES) {
    const said = status({ connectorId: 0, status: one })?.status;
    const isItsOwn = one === "Unavailable" || one === "Faulted";
    assert.equal(said, isItsOwn ? one : "Available", one);
  }
});

Deno.test("§7.6: every error code of 1.6 is said as it is", async () => {
  const schemas = await officialSchemas("1.6");
  const { schema } = schemas.find(({ action, role }) =>
    action === "StatusNotification" && role === "request"
  )!;
  const codes = (schema.properties?.errorCode as { enum: string[] }).enum;
  assert.equal(codes.length, 16);
  for (const errorCode of codes) {
    const fault = { errorCode, info: "Door open", vendorErrorCode: "E17" };
    const payload = status({ status: "Faulted", fault });
    assert.equal(payload?.errorCode, errorCode);
    assert.equal(payload?.info, "Door open");
    assert.equal(payload?.vendorErrorCode, "E17");
  }
});

Deno.test("§4.9: a code that 1.6 does not know is OtherError, and told as the vendor's", () => {
  const odd = status({
    status: "Faulted",
    fault: { errorCode: "CoffeeSpilled", info: null, vendorErrorCode: null },
  });
  assert.equal(odd?.errorCode, "OtherError");
  assert.equal(odd?.vendorErrorCode, "CoffeeSpilled");
  assert(!Object.hasOwn(odd!, "info"));
  const named = status({
    status: "Faulted",
    fault: { errorCode: "CoffeeSpilled", info: "", vendorErrorCode: "E17" },
  });
  assert.equal(named?.vendorErrorCode, "E17");
  assert(!Object.hasOwn(named!, "info"));
});

Deno.test("§4.9: a fault of which nothing is known is still no NoError", () => {
  assert.equal(status({ status: "Faulted" })?.errorCode, "OtherError");
});

Deno.test("§6.47: long texts are cut to 50 characters", () => {
  const long = "x".repeat(80);
  const fault = { errorCode: "InternalError", info: long, vendorErrorCode: long };
  const payload = status({ status: "Faulted", fault });
  assert.equal(payload?.info, "x".repeat(50));
  assert.equal(payload?.vendorErrorCode, "x".repeat(50));
});

Deno.test("§4.9: the answer says nothing", () => {
  assert.equal(statusNotification.answer({}), undefined);
});
