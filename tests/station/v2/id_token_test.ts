import assert from "node:assert/strict";
import { readIdTokenInfo, writeIdToken } from "../../../src/station/v2/id_token.ts";
import { ODD_VALUES } from "../v16/support.ts";
import { assertValid } from "./support.ts";

const KNOWN = [
  "Central",
  "eMAID",
  "ISO14443",
  "ISO15693",
  "KeyCode",
  "Local",
  "MacAddress",
  "NoAuthorization",
];

for (const type of KNOWN) {
  Deno.test(`IdTokenType: ${type} is known in both versions, in any case`, () => {
    const idToken = writeIdToken({ idToken: "04A2", type: type.toUpperCase() });
    assert.deepEqual(idToken, { idToken: "04A2", type });
    assertValid("Authorize", "request", { idToken });
  });
}

Deno.test("IdTokenType: a token without a type is one of the CSMS's own", () => {
  assert.equal(writeIdToken({ idToken: "ANNA", type: "" }).type, "Central");
});

Deno.test("IdTokenType: what only 2.1 knows is said as it is", () => {
  for (const type of ["DirectPayment", "EVCCID", "VIN"]) {
    const idToken = writeIdToken({ idToken: "X", type: type.toLowerCase() });
    assert.equal(idToken.type, type);
    assertValid("Authorize", "request", { idToken }, ["2.1"]);
    assert.throws(() => assertValid("Authorize", "request", { idToken }, ["2.0.1"]));
  }
});

Deno.test("IdTokenInfoType: each status is read as it is, and in any case", () => {
  for (
    const status of [
      "Accepted",
      "Blocked",
      "ConcurrentTx",
      "Expired",
      "Invalid",
      "NoCredit",
      "NotAllowedTypeEVSE",
      "NotAtThisLocation",
      "NotAtThisTime",
      "Unknown",
    ] as const
  ) {
    assertValid("Authorize", "response", { idTokenInfo: { status } });
    assert.equal(readIdTokenInfo({ status }).status, status);
    const lower = status.toLowerCase() as typeof status;
    assert.equal(readIdTokenInfo({ status: lower }).status, status);
  }
});

Deno.test("IdTokenInfoType: odd values are read as nothing", () => {
  for (const odd of ODD_VALUES) {
    const info = { status: odd, groupIdToken: odd, cacheExpiryDateTime: odd } as never;
    assert.deepEqual(readIdTokenInfo(info), { status: "Invalid", groupId: null, expiresAt: null });
    readIdTokenInfo(odd === null ? undefined : odd as never);
  }
});
