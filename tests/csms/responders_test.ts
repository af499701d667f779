import assert from "node:assert/strict";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { answeredActions, type Facts, respond } from "../../src/csms/responders.ts";
import { loadVersion, type Payload } from "../../src/ocpp/mod.ts";
import { officialSchemas } from "../../tools/schemas/official.ts";

const VERSIONS = ["1.6", "2.0.1", "2.1"] as const;

const facts: Facts = {
  now: Date.UTC(2026, 0, 1),
  boot: "Accepted",
  bootIntervalSeconds: 300,
  newTransactionId: () => 7,
};

for (const version of VERSIONS) {
  Deno.test(`every call that a ${version} station may send has an answer, and no other`, async () => {
    const { actions } = await loadVersion(version);
    const sendable = [...actions.values()]
      .filter(({ from, messageType }) => from !== "csms" && messageType === "call");
    assert.deepEqual(answeredActions(version).sort(), sendable.map(({ name }) => name).sort());
    assert.equal(respond(version, "Reset", {}, facts), null);
    assert.equal(respond(version, "toString", {}, facts), null);
  });

  Deno.test(`every answer to a ${version} station is valid by the official schemas`, async () => {
    const ajv = addFormats.default(new Ajv({ strict: false }));
    const checks = new Map<string, ValidateFunction>();
    for (const { action, role, schema } of await officialSchemas(version)) {
      if (role === "request" && REQUESTS[action] === undefined) continue;
      if (!answeredActions(version).includes(action)) continue;
      checks.set(`${action} ${role}`, ajv.compile({ ...schema, $schema: undefined }));
    }
    for (const action of answeredActions(version)) {
      const requests = REQUESTS[action];
      for (const request of requests ?? [{}]) {
        if (requests !== undefined) assertValid(checks, `${action} request`, request);
        const answer = respond(version, action, request, facts);
        assertValid(checks, `${action} response`, JSON.parse(JSON.stringify(answer)));
      }
    }
  });
}

function assertValid(checks: Map<string, ValidateFunction>, name: string, payload: unknown): void {
  const check = checks.get(name);
  assert(check !== undefined, `No official schema of ${name}`);
  assert(check(payload), `${name}: ${JSON.stringify(check.errors)}`);
}

Deno.test("a boot is answered with the time, the interval and what the behaviour says", () => {
  const pending = { ...facts, boot: "Pending" as const };
  for (const version of VERSIONS) {
    assert.deepEqual(respond(version, "BootNotification", {}, pending), {
      status: "Pending",
      currentTime: "2026-01-01T00:00:00.000Z",
      interval: 300,
    });
  }
});

Deno.test("an id token is accepted wherever one comes along, and only there", () => {
  const accepted = { status: "Accepted" };
  assert.deepEqual(respond("1.6", "StartTransaction", {}, facts), {
    idTagInfo: accepted,
    transactionId: 7,
  });
  assert.deepEqual(respond("1.6", "StopTransaction", {}, facts), {});
  assert.deepEqual(respond("1.6", "StopTransaction", { idTag: "A" }, facts), {
    idTagInfo: accepted,
  });
  for (const version of ["2.0.1", "2.1"] as const) {
    const idToken = { idToken: "A", type: "Central" };
    const { idTokenInfo } = respond(version, "TransactionEvent", { idToken }, facts)!;
    assert.deepEqual(idTokenInfo, accepted);
    assert.deepEqual(respond(version, "TransactionEvent", {}, facts), {});
    const authorized = respond(version, "Authorize", { idToken, certificate: "PEM" }, facts)!;
    assert.equal(authorized.certificateStatus, "Accepted");
  }
});

const certificateHashData = {
  hashAlgorithm: "SHA256",
  issuerNameHash: "aa",
  issuerKeyHash: "bb",
  serialNumber: "1",
};

/** Requests of which the answer repeats something. */
const REQUESTS: Readonly<Record<string, readonly Payload[]>> = {
  GetCertificateChainStatus: [{
    certificateStatusRequests: [
      { certificateHashData, source: "OCSP", urls: ["http://a.example"] },
      { certificateHashData, source: "CRL", urls: ["http://b.example"] },
    ],
  }],
  VatNumberValidation: [{ vatNumber: "NL1" }, { vatNumber: "NL1", evseId: 1 }],
};
