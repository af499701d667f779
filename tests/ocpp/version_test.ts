import assert from "node:assert/strict";
import * as z from "zod";
import { defineVersion } from "../../src/ocpp/define_version.ts";
import { ERROR_CODES_16, FAULT_KINDS_16 } from "../../src/ocpp/errors.ts";
import { SUBPROTOCOLS, versionOfSubprotocol } from "../../src/ocpp/subprotocols.ts";
import { loadVersion } from "../../src/ocpp/versions.ts";
import { officialSchemas } from "../../tools/schemas/official.ts";

/** 1.6 §4 and §5 and the security whitepaper; 2.0.1 and 2.1 part 2. */
const COUNTS = {
  "1.6": { all: 39, csms: 26, station: 14 },
  "2.0.1": { all: 64, csms: 40, station: 25 },
  "2.1": { all: 91, csms: 55, station: 37 },
} as const;

for (const id of ["1.6", "2.0.1", "2.1"] as const) {
  Deno.test(`${id}: every official action has a direction, and no other has`, async () => {
    const { actions } = await loadVersion(id);
    const official = new Set((await officialSchemas(id)).map(({ action }) => action));
    assert.deepEqual([...actions.keys()].sort(), [...official].sort());
    const all = [...actions.values()];
    const fromCsms = all.filter(({ from }) => from !== "station");
    const fromStation = all.filter(({ from }) => from !== "csms");
    assert.deepEqual(
      { all: all.length, csms: fromCsms.length, station: fromStation.length },
      COUNTS[id],
    );
    assert.deepEqual(
      all.filter(({ from }) => from === "both").map(({ name }) => name),
      ["DataTransfer"],
    );
    for (const [name, action] of actions) assert.equal(action.name, name);
  });

  Deno.test(`${id}: it is loaded once and shared`, async () => {
    const [first, second] = await Promise.all([loadVersion(id), loadVersion(id)]);
    assert.equal(first, second);
    assert.equal(first.id, id);
    assert.equal(first.subprotocol, SUBPROTOCOLS[id]);
    assert.equal(versionOfSubprotocol(first.subprotocol), id);
  });
}

Deno.test("what 2.0.1 has kept in 2.1 goes the same way", async () => {
  const { actions } = await loadVersion("2.1");
  for (const { name, from } of (await loadVersion("2.0.1")).actions.values()) {
    assert.equal(actions.get(name)?.from, from, name);
  }
});

Deno.test("only NotifyPeriodicEventStream is a SEND, and no answer to it is valid", async () => {
  const sends = [];
  for (const id of ["1.6", "2.0.1", "2.1"] as const) {
    for (const { name, messageType } of (await loadVersion(id)).actions.values()) {
      if (messageType === "send") sends.push(`${id} ${name}`);
    }
  }
  assert.deepEqual(sends, ["2.1 NotifyPeriodicEventStream"]);
  const stream = (await loadVersion("2.1")).actions.get("NotifyPeriodicEventStream")!;
  const [violation] = stream.response({});
  assert.equal(
    violation?.message,
    "Found an answer, must be none: NotifyPeriodicEventStream is a SEND",
  );
});

Deno.test("each version spells errors its own way", async () => {
  const in16 = (await loadVersion("1.6")).errorCodes;
  assert.equal(in16.FormatViolation, "FormationViolation");
  assert.equal(in16.OccurrenceConstraintViolation, "OccurenceConstraintViolation");
  // 1.6-J §4.2.3 knows these and no other.
  const known = [
    "FormationViolation",
    "GenericError",
    "InternalError",
    "NotImplemented",
    "NotSupported",
    "OccurenceConstraintViolation",
    "PropertyConstraintViolation",
    "ProtocolError",
    "SecurityError",
    "TypeConstraintViolation",
  ];
  assert.deepEqual([...new Set(Object.values(in16))].sort(), known);
  for (const id of ["2.0.1", "2.1"] as const) {
    const { errorCodes } = await loadVersion(id);
    for (const [kind, code] of Object.entries(errorCodes)) assert.equal(code, kind);
    assert.equal(Object.keys(errorCodes).length, 12);
  }
});

Deno.test("a subprotocol that we cannot speak stands for no version", () => {
  for (const name of ["", "ocpp1.5", "OCPP1.6", "ocpp1.6, ocpp2.0.1"]) {
    assert.equal(versionOfSubprotocol(name), undefined);
  }
});

Deno.test("a schema is built when its action is first used, and once", () => {
  let built = 0;
  const schema = z.strictObject({});
  const version = defineVersion({
    id: "1.6",
    subprotocol: "ocpp1.6",
    errorCodes: ERROR_CODES_16,
    faultKinds: FAULT_KINDS_16,
    schemas: { Some: { request: () => (built++, schema), response: null } },
    from: { Some: "csms" },
  });
  const { request } = version.actions.get("Some")!;
  assert.equal(built, 0);
  for (let i = 0; i < 3; i++) assert.deepEqual(request({}), []);
  assert.equal(built, 1);
});
