import assert from "node:assert/strict";
import type { VersionId, Violation } from "../../src/ocpp/version.ts";
import { loadVersion } from "../../src/ocpp/versions.ts";

async function check(
  id: VersionId,
  action: string,
  payload: unknown,
): Promise<readonly Violation[]> {
  return (await loadVersion(id)).actions.get(action)!.request(payload);
}

const PROFILE = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: "TxProfile",
  chargingProfileKind: "Absolute",
};

Deno.test("a valid payload has no violation, and undefined counts as absent", async () => {
  assert.deepEqual(await check("1.6", "Heartbeat", {}), []);
  assert.deepEqual(await check("1.6", "DataTransfer", { vendorId: "V", data: undefined }), []);
  const custom = { customData: { vendorId: "V", anything: [null] } };
  assert.deepEqual(await check("2.0.1", "Heartbeat", custom), []);
});

Deno.test("checking does not change or copy the payload", async () => {
  const payload = Object.freeze({ idTag: "x".repeat(20) });
  assert.deepEqual(await check("1.6", "Authorize", payload), []);
});

Deno.test("a violation says where, what was found and what is allowed", async () => {
  const chargingSchedulePeriod = [{ startPeriod: 0, limit: 16 }, {
    startPeriod: "60",
    limit: 0.05,
  }];
  const payload = {
    connectorId: 1.5,
    csChargingProfiles: {
      ...PROFILE,
      chargingProfilePurpose: "txProfile",
      recurrencyKind: null,
      chargingSchedule: { chargingRateUnit: "A", chargingSchedulePeriod },
    },
  };
  assert.deepEqual(await check("1.6", "SetChargingProfile", payload), [
    {
      kind: "TypeConstraintViolation",
      path: "connectorId",
      message: "Found 1.5, must be an integer",
    },
    {
      kind: "PropertyConstraintViolation",
      path: "csChargingProfiles.chargingProfilePurpose",
      message:
        'Found "txProfile", must be one of "ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"',
    },
    {
      kind: "TypeConstraintViolation",
      path: "csChargingProfiles.recurrencyKind",
      message: 'Found null, must be one of "Daily", "Weekly"',
    },
    {
      kind: "TypeConstraintViolation",
      path: "csChargingProfiles.chargingSchedule.chargingSchedulePeriod[1].startPeriod",
      message: 'Found "60", must be an integer',
    },
    {
      kind: "PropertyConstraintViolation",
      path: "csChargingProfiles.chargingSchedule.chargingSchedulePeriod[1].limit",
      message: "Found 0.05, must be a multiple of 0.1",
    },
  ]);
});

const CASES: readonly [
  action: string,
  payload: unknown,
  path: string,
  kind16: string,
  kind2: string,
  message: string,
][] = [
  ["Authorize", [], "", "FormatViolation", "FormatViolation", "Found an array, must be an object"],
  ["Authorize", null, "", "FormatViolation", "FormatViolation", "Found null, must be an object"],
  [
    "Authorize",
    undefined,
    "",
    "FormatViolation",
    "FormatViolation",
    "Found nothing, must be an object",
  ],
  [
    "DataTransfer",
    { messageId: "M" },
    "vendorId",
    "ProtocolError",
    "OccurrenceConstraintViolation",
    "Found nothing, must be a string",
  ],
  [
    "DataTransfer",
    { vendorId: 12 },
    "vendorId",
    "TypeConstraintViolation",
    "TypeConstraintViolation",
    "Found 12, must be a string",
  ],
  [
    "DataTransfer",
    { vendorId: "👍".repeat(256) },
    "vendorId",
    "PropertyConstraintViolation",
    "PropertyConstraintViolation",
    "Found 256 characters, must be at most 255",
  ],
  [
    "TriggerMessage",
    { requestedMessage: "heartbeat".repeat(9) },
    "requestedMessage",
    "PropertyConstraintViolation",
    "PropertyConstraintViolation",
    'Found "heartbeatheartbeatheartbeatheartbeathear…", must be one of "BootNotification", ',
  ],
  [
    "SecurityEventNotification",
    { type: "X", timestamp: "now" },
    "timestamp",
    "PropertyConstraintViolation",
    "PropertyConstraintViolation",
    'Found "now", must be a date-time with zone like "2026-01-31T12:00:00Z"',
  ],
];

for (const [action, payload, path, kind16, kind2, message] of CASES) {
  const text = (JSON.stringify(payload) ?? "undefined").slice(0, 30);
  Deno.test(`${action} with ${text} is ${kind16} in 1.6 and ${kind2} in 2.x`, async () => {
    for (const [id, kind] of [["1.6", kind16], ["2.0.1", kind2], ["2.1", kind2]] as const) {
      const [first, ...more] = await check(id, action, payload);
      assert.deepEqual([first?.kind, first?.path, more], [kind, path, []]);
      assert(first!.message.startsWith(message), first!.message);
    }
  });
}

Deno.test("an unknown property is named with those that are known", async () => {
  const path = "status";
  const message = 'Found an unknown property, must be one of "idTag"';
  const payload = { idTag: "x", [path]: 1 };
  const [in16] = await check("1.6", "Authorize", payload);
  assert.deepEqual(in16, { kind: "FormatViolation", path, message });
  const [in2] = await check("2.0.1", "ClearCache", payload);
  assert.deepEqual(in2, {
    kind: "ProtocolError",
    path: "idTag",
    message: 'Found an unknown property, must be one of "customData"',
  });
  const [empty] = await check("1.6", "Heartbeat", payload);
  assert.equal(empty?.message, "Found an unknown property, must be one of none");
});

Deno.test("an unknown property inside arrays and optional objects is named with its path", async () => {
  const certificate = { hashAlgorithm: "SHA256", issuerNameHash: "", issuerKeyHash: "" };
  const data = { ...certificate, serialNumber: "", responderURL: "", responderUrl: "" };
  const idToken = { idToken: "x", type: "Central", additionalInfo: [{ a: 1 }] };
  const payload = { idToken, iso15118CertificateHashData: [data] };
  const found = await check("2.0.1", "Authorize", payload);
  assert.deepEqual(found.map(({ path }) => path), [
    "idToken.additionalInfo[0].additionalIdToken",
    "idToken.additionalInfo[0].type",
    "idToken.additionalInfo[0].a",
    "iso15118CertificateHashData[0].responderUrl",
  ]);
  assert.match(found[2]!.message, /one of "customData", "additionalIdToken", "type"$/);
});

Deno.test("an array with too few or too many items breaks the occurrence constraints", async () => {
  const path = "getVariableData";
  const kind = "OccurrenceConstraintViolation";
  const [few] = await check("2.0.1", "GetVariables", { getVariableData: [] });
  assert.deepEqual(few, { kind, path, message: "Found 0 items, must be at least 1" });
  const hash = { hashAlgorithm: "SHA256", issuerNameHash: "", issuerKeyHash: "", serialNumber: "" };
  const [many] = await check("2.0.1", "Authorize", {
    idToken: { idToken: "x", type: "Central" },
    iso15118CertificateHashData: Array(5).fill({ ...hash, responderURL: "" }),
  });
  assert.deepEqual([many?.kind, many?.message], [kind, "Found 5 items, must be at most 4"]);
});

Deno.test("bounds are said with the number that breaks them", async () => {
  const dcChargingParameters = {
    evMaxCurrent: 1,
    evMaxVoltage: 1,
    stateOfCharge: 101,
    fullSoC: -1,
  };
  const chargingNeeds = { requestedEnergyTransfer: "DC", dcChargingParameters };
  const found = await check("2.0.1", "NotifyEVChargingNeeds", { evseId: 1, chargingNeeds });
  assert.deepEqual(found.map(({ message }) => message), [
    "Found 101, must be at most 100",
    "Found -1, must be at least 0",
  ]);
  const [unsafe] = await check("1.6", "CancelReservation", { reservationId: 2 ** 53 });
  assert.equal(unsafe?.message, "Found 9007199254740992, must be at most 9007199254740991");
});

Deno.test("names that are no words are quoted and cut in a path", async () => {
  const payload = { idTag: "x", "a b": 1, "": 1, ["z".repeat(1e6)]: 1, ["__proto__"]: 1 };
  const found = await check("1.6", "Authorize", payload);
  assert.deepEqual(found.map(({ path }) => path), [
    '["a b"]',
    '[""]',
    `["${"z".repeat(40)}…"]`,
    "__proto__",
  ]);
});

Deno.test("what looks like a secret is not repeated", async () => {
  const vpn = { server: "s", user: "u", group: "g", password: 123456, key: true, type: "IKEv2" };
  const found = await check("2.0.1", "SetNetworkProfile", { connectionData: { vpn } });
  const secret = found.find(({ path }) => path === "connectionData.vpn.password");
  assert.equal(secret?.message, "Found a number, must be a string");
  assert(!JSON.stringify(found).includes("123456"));
});

Deno.test("a payload with very much wrong is told in few words and little time", async () => {
  const unknown = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`p${i}`, 1]));
  assert.equal((await check("1.6", "Heartbeat", unknown)).length, 20);
  // Looking for every violation of this one would cost gigabytes.
  const [first, ...more] = await check("1.6", "MeterValues", {
    connectorId: 1,
    meterValue: Array(3_000_000).fill(1),
  });
  assert.equal(first?.path, "meterValue[0]");
  assert.deepEqual(more, []);
});

Deno.test("nesting without end is a violation like any other", async () => {
  let deep: unknown = [];
  for (let i = 0; i < 200_000; i++) deep = i % 2 === 0 ? [deep] : { a: deep };
  const found = await check("1.6", "Authorize", { idTag: deep });
  assert.deepEqual(found.map(({ path }) => path), ["idTag"]);
});
