import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

function worldWith(connectors: readonly number[] = [1]) {
  const world = fakeWorld();
  world.stations.add("CP1", connectors);
  return world;
}

function post(world: ReturnType<typeof fakeWorld>, what: string, body: BodyInit) {
  return world.app.request(`/api/stations/CP1/${what}`, { method: "POST", body });
}

/** A path, a body that it refuses, and the sentence that says why. */
const WRONG: readonly (readonly [what: string, body: unknown, detail: string | RegExp])[] = [
  ["plug", [], "body: Must be a mapping, found: a list"],
  ["plug", null, "body: Must be a mapping, found: nothing"],
  ["plug", "1", "body: Must be a mapping, found: a text"],
  ["plug", 1, "body: Must be a mapping, found: 1"],
  [
    "plug",
    { connectorID: 1 },
    'body: Unknown key "connectorID": the nearest known one is "connectorId"',
  ],
  ["unplug", { idToken: "A" }, 'body: Unknown key "idToken": known here are connectorId'],
  [
    "plug",
    { connectorId: "1" },
    'connectorId: Must be a whole number from 0 to 10000, found: "1"',
  ],
  [
    "plug",
    { connectorId: 1.5 },
    "connectorId: Must be a whole number from 0 to 10000, found: 1.5",
  ],
  [
    "plug",
    { connectorId: -1 },
    "connectorId: Must be a whole number from 0 to 10000, found: -1",
  ],
  [
    "plug",
    { connectorId: null },
    "connectorId: Must be a whole number from 0 to 10000, found: nothing",
  ],
  ["plug", { connectorId: 2 }, "connectorId: Must be 1, found: 2"],
  ["plug", { connectorId: 0 }, "connectorId: Must be 1, found: 0"],
  ["status", { connectorId: 2, status: "Faulted" }, "connectorId: Must be 0 or 1, found: 2"],
  ["authorize", { connectorId: 2, idToken: "A" }, "connectorId: Must be 1, found: 2"],
  ["authorize", {}, "idToken: Is missing: it must be a text or a mapping of idToken and type"],
  [
    "authorize",
    { idToken: 4 },
    "idToken: Must be a text or a mapping of idToken and type, found: 4",
  ],
  [
    "authorize",
    { idToken: ["A"] },
    "idToken: Must be a text or a mapping of idToken and type, found: a list",
  ],
  [
    "start-transaction",
    { idToken: null },
    "idToken: Must be a text or a mapping of idToken and type, found: nothing",
  ],
  ["authorize", { idToken: "" }, 'idToken: Must be a text of 1 to 255 characters, found: ""'],
  [
    "authorize",
    { idToken: "A".repeat(256) },
    `idToken: Must be a text of 1 to 255 characters, found: "${"A".repeat(60)}…"`,
  ],
  [
    "authorize",
    { idToken: { token: "A" } },
    "idToken.idToken: Is missing: it must be a text of 0 to 255 characters; " +
    'idToken: Unknown key "token": known here are idToken, type',
  ],
  [
    "plug",
    { car: { soc: 20, phases: 2 } },
    "car.soc: Must be a number from 0 to 1, found: 20; car.phases: Must be 1 or 3, found: 2",
  ],
  ["plug", { car: "Zoe" }, "car: Must be a mapping, found: a text"],
  ["plug", { car: { power: 1 } }, /^car: Unknown key "power": known here are batteryWh, soc, /],
  ["plug", { car: { batteryWH: 1 } }, /^car: Unknown key "batteryWH": the nearest .* "batteryWh"$/],
  [
    "plug",
    { car: { maxPower: 0 } },
    /^car\.maxPower: Must be a number from 1 to 10000000, found: 0$/,
  ],

  [
    "stop-transaction",
    { idToken: { idToken: "A", type: 1 } },
    /^idToken\.type: Must be a text of 1 to 20 characters, found: 1/,
  ],
  [
    "stop-transaction",
    { reason: "local" },
    /^reason: Must be Local, EVDisconnected, .* or Timeout, found: "local"$/,
  ],
  [
    "status",
    {},
    /^status: Is missing: it must be Available, Preparing, .* or Faulted$/,
  ],
  ["status", { status: "Occupied" }, /^status: Must be Available, .*, found: "Occupied"$/],
  ["status", { status: "__proto__" }, /^status: Must be Available, .*, found: "__proto__"$/],
  [
    "status",
    { status: "Faulted", errorCode: "Ground" },
    /^errorCode: Must be NoError, .* or WeakSignal, found: "Ground"$/,
  ],
  [
    "status",
    { status: "Faulted", info: "x".repeat(51) },
    /^info: Must be a text of 1 to 50 characters, found: "x{50}…?/,
  ],
  ["call", {}, "action: Is missing: it must be a text of 1 to 100 characters"],
  ["call", { action: "X", payload: [] }, "payload: Must be a mapping, found: a list"],
  ["call", { action: "X", payload: null }, "payload: Must be a mapping, found: nothing"],
  [
    "call",
    { action: 1, payload: "{}", connectorId: 1 },
    /^action: Must be a text .*; payload: Must be a mapping, found: "\{\}"; body: Unknown key /,
  ],
];

for (const [what, body, detail] of WRONG) {
  const shown = JSON.stringify(body).slice(0, 60);
  Deno.test(`${what} refuses ${shown} and says what is allowed`, async () => {
    const world = worldWith();
    const problem = await readProblem(post(world, what, JSON.stringify(body)), 422);
    if (typeof detail === "string") assert.equal(problem.detail, detail);
    else assert.match(problem.detail, detail);
    const sentences = problem.errors.map(
      (error: { path: string; message: string }) => `${error.path || "body"}: ${error.message}`,
    );
    assert.equal(problem.detail, sentences.join("; "));
    assert.deepEqual(world.stations.asked, []);
  });
}

Deno.test("a key named __proto__ is as unknown as any other", async () => {
  const problem = await readProblem(post(worldWith(), "plug", '{"__proto__":{}}'), 422);
  assert.match(problem.detail, /^body: Unknown key "__proto__"/);
});

Deno.test("a station of several connectors must be told which", async () => {
  const world = worldWith([1, 2, 5]);
  for (const what of ["plug", "unplug", "start-transaction", "stop-transaction"]) {
    const { detail } = await readProblem(post(world, what, ""), 422);
    assert.equal(detail, "connectorId: Is missing: it must be 1, 2 or 5");
  }
  const status = await readProblem(post(world, "status", '{"status":"Faulted"}'), 422);
  assert.equal(status.detail, "connectorId: Is missing: it must be 0, 1, 2 or 5");
  const three = await readProblem(post(world, "plug", '{"connectorId":3}'), 422);
  assert.equal(three.detail, "connectorId: Must be 1, 2 or 5, found: 3");
});

Deno.test("a station of several connectors has one reader, and picks by itself", async () => {
  const world = worldWith([1, 2]);
  const answer = await post(world, "authorize", '{"idToken":"A"}');
  assert.equal(answer.status, 200);
  const connectors = [{ id: 1, status: "Available" }, { id: 2, status: "Available" }];
  assert.deepEqual(await answer.json(), { stationId: "CP1", connectors });
  assert.deepEqual(world.stations.asked[0]!.slice(0, 2), ["authorize", null]);
});

Deno.test("a station of a thousand connectors does not list them all", async () => {
  const world = worldWith(Array.from({ length: 1000 }, (_, n) => n + 1));
  const { detail } = await readProblem(post(world, "plug", ""), 422);
  assert.equal(
    detail,
    "connectorId: Is missing: it must be one of the ids that GET /api/stations/:id shows",
  );
});

for (
  const [body, detail] of [
    ["{connectorId:1}", /^The body is not JSON: Expected property name .* \(line 1 column 2\)$/],
    ["connectorId=1", /^The body is not JSON: Unexpected token 'c'$/],
    ['{"connectorId":1', /^The body is not JSON: Expected ',' or '}' after property value/],
    ['{"idToken": s3cret, "and": "more of it"}', /^The body is not JSON: Unexpected token 's'$/],
    [new Uint8Array([0x7b, 0xdf, 0x7d]), /^The body is not valid UTF-8: JSON must be$/],
  ] as const
) {
  Deno.test(`a body that is not JSON is a 400: ${body}`, async () => {
    const world = worldWith();
    const problem = await readProblem(post(world, "plug", body), 400);
    assert.match(problem.detail, detail);
    assert.deepEqual(world.stations.asked, []);
  });
}

Deno.test("an empty body, a blank one and one with a byte order mark are taken", async () => {
  for (const body of ["", " \r\n", '\uFEFF{"connectorId":1}']) {
    assert.equal((await post(worldWith(), "plug", body)).status, 200);
  }
});

Deno.test("what curl -d sends is JSON whatever its Content-Type says", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const init = { method: "POST", headers, body: '{"connectorId":1}' };
  const answer = await worldWith().app.request("/api/stations/CP1/plug", init);
  assert.equal(answer.status, 200);
});

Deno.test("a body of more than 1 MiB is a 413", async () => {
  const world = worldWith();
  const body = JSON.stringify({ action: "X", payload: { data: "x".repeat(1024 * 1024) } });
  const problem = await readProblem(post(world, "call", body), 413);
  assert.match(problem.detail, /at most 1048576 bytes/);
  assert.deepEqual(world.stations.asked, []);
});

Deno.test("of a body full of unknown keys the first are told", async () => {
  const keys = Array.from({ length: 50_000 }, (_, n) => [`connectr${n}`, 1]);
  const body = JSON.stringify(Object.fromEntries(keys));
  const { detail } = await readProblem(post(worldWith(), "plug", body), 422);
  assert.match(detail, /^body: Unknown key "connectr0": the nearest known one is "connectorId"; /);
  assert.match(detail, /; … and 49990 more$/);
});

Deno.test("a payload nested 100,000 deep is taken", async () => {
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  const answer = await post(worldWith(), "call", `{"action":"X","payload":{"data":${deep}}}`);
  assert.equal(answer.status, 200);
});
