import assert from "node:assert/strict";
import { Secret } from "../../src/log/mod.ts";
import { fakeWorld, readProblem } from "./fake_ports.ts";

function worldWith(connectors: readonly number[] = [1]) {
  const world = fakeWorld();
  world.stations.add("CP1", connectors);
  return world;
}

function drive(world: ReturnType<typeof fakeWorld>, what: string, body?: unknown) {
  return world.app.request(`/api/stations/CP1/${what}`, {
    method: "POST",
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

const RFID = { idToken: "04A2B3", type: "ISO14443" };
const CENTRAL = { idToken: "04A2B3", type: "Central" };

/** What is asked for, and what the driver is told to do. */
const ASKED: readonly (readonly [what: string, body: unknown, told: unknown[]])[] = [
  ["plug", undefined, ["plug", 1]],
  ["plug", {}, ["plug", 1]],
  ["plug", { connectorId: 1 }, ["plug", 1]],
  ["plug", { car: { soc: 0.2, maxPower: 11_000, phases: 3 } }, ["plug", 1, {
    soc: 0.2,
    maxPower: 11_000,
    phases: 3,
  }]],
  ["unplug", undefined, ["unplug", 1]],
  ["authorize", { idToken: "04A2B3" }, ["authorize", 1, CENTRAL]],
  ["authorize", { idToken: { idToken: "04A2B3" } }, ["authorize", 1, CENTRAL]],
  ["authorize", { connectorId: 1, idToken: RFID }, ["authorize", 1, RFID]],
  ["authorize", { idToken: { idToken: "", type: "NoAuthorization" } }, [
    "authorize",
    1,
    { idToken: "", type: "NoAuthorization" },
  ]],
  ["start-transaction", undefined, ["startTransaction", 1, null]],
  ["start-transaction", { idToken: "04A2B3" }, ["startTransaction", 1, CENTRAL]],
  ["stop-transaction", undefined, ["stopTransaction", 1, {}]],
  ["stop-transaction", { reason: "EmergencyStop", idToken: RFID }, [
    "stopTransaction",
    1,
    { reason: "EmergencyStop", idToken: RFID },
  ]],
  ["status", { status: "Faulted", errorCode: "GroundFailure", info: "wet" }, [
    "status",
    1,
    { status: "Faulted", errorCode: "GroundFailure", info: "wet" },
  ]],
  ["status", { connectorId: 0, status: "Unavailable" }, ["status", 0, { status: "Unavailable" }]],
  ["call", { action: "Heartbeat" }, ["call", "Heartbeat", {}]],
  ["call", { action: "DataTransfer", payload: { vendorId: "x", data: null } }, [
    "call",
    "DataTransfer",
    { vendorId: "x", data: null },
  ]],
];

for (const [what, body, told] of ASKED) {
  Deno.test(`${what} with ${JSON.stringify(body) ?? "no body"} reaches the driver`, async () => {
    const world = worldWith();
    assert.equal((await drive(world, what, body)).status, 200);
    assert.deepEqual(world.stations.asked, [told]);
  });
}

Deno.test("a payload reaches the driver key by key as it was written", async () => {
  const world = worldWith();
  const text = '{"__proto__":{"a":1},"42":[],"constructor":null}';
  const body = `{"action":"X","payload":${text}}`;
  const answer = await world.app.request("/api/stations/CP1/call", { method: "POST", body });
  assert.equal(answer.status, 200);
  assert.equal(JSON.stringify(world.stations.asked[0]![2]), JSON.stringify(JSON.parse(text)));
});

Deno.test("what was done is a 200 with the new state, the transaction and the CSMS's word", async () => {
  const world = worldWith([1, 2]);
  const csms = { action: "StartTransaction", payload: { transactionId: 7 } };
  world.stations.outcome = { kind: "done", transactionId: 7, csms };
  const answer = await drive(world, "start-transaction", { connectorId: 2, idToken: "A" });
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), {
    stationId: "CP1",
    connectorId: 2,
    status: "Available",
    transactionId: 7,
    csms,
  });
});

Deno.test("what nobody had to be asked about has no csms", async () => {
  const answer = await drive(worldWith(), "plug");
  assert.deepEqual(await answer.json(), {
    stationId: "CP1",
    connectorId: 1,
    status: "Available",
  });
});

Deno.test("a CALLERROR of the CSMS is a 200 that tells it", async () => {
  const world = worldWith();
  const error = { code: "InternalError", description: "Out of order", details: { at: 3 } };
  const csms = { action: "Heartbeat", error };
  world.stations.outcome = { kind: "done", csms };
  const answer = await drive(world, "call", { action: "Heartbeat" });
  assert.equal(answer.status, 200);
  assert.deepEqual((await answer.json()).csms, csms);
});

Deno.test("what concerns no connector, or all, tells the status of all", async () => {
  const world = worldWith([1, 2]);
  const connectors = [{ id: 1, status: "Available" }, { id: 2, status: "Available" }];
  const called = await drive(world, "call", { action: "Heartbeat" });
  assert.deepEqual(await called.json(), { stationId: "CP1", connectors });
  const whole = await drive(world, "status", { connectorId: 0, status: "Faulted" });
  assert.deepEqual(await whole.json(), { stationId: "CP1", connectorId: 0, connectors });
});

Deno.test("what the CSMS will hear of later is a 202", async () => {
  const world = worldWith();
  world.stations.outcome = { kind: "queued", transactionId: "t-1" };
  const answer = await drive(world, "stop-transaction");
  assert.equal(answer.status, 202);
  assert.deepEqual(await answer.json(), {
    stationId: "CP1",
    connectorId: 1,
    status: "Available",
    transactionId: "t-1",
    queued: true,
  });
});

Deno.test("a token at the only reader is answered with the connector that the station picked", async () => {
  for (const kind of ["done", "queued"] as const) {
    const world = worldWith([1, 2]);
    world.stations.outcome = { kind, transactionId: 7, connectorId: 2 };
    const answer = await drive(world, "authorize", { idToken: "A" });
    assert.equal(answer.status, kind === "done" ? 200 : 202);
    const { connectorId, status, transactionId } = await answer.json();
    assert.deepEqual([connectorId, status, transactionId], [2, "Available", 7]);
  }
});

Deno.test("a message that breaks its schema is a 422 that says where", async () => {
  const world = worldWith();
  const message = "Cannot send Authorize: idTag: is missing";
  world.stations.outcome = { kind: "invalid", message };
  const problem = await readProblem(drive(world, "call", { action: "Authorize" }), 422);
  assert.equal(problem.detail, message);
});

Deno.test("what the state forbids is a conflict, and its detail is the reason", async () => {
  const world = worldWith();
  const reason = 'Cannot unplug connector 1 of station "CP1": no car is there';
  world.stations.outcome = { kind: "refused", reason };
  const problem = await readProblem(drive(world, "unplug"), 409);
  assert.equal(problem.detail, reason);
  assert.equal("csms" in problem, false);
  assert.equal(problem.instance, "/api/stations/CP1/unplug");
});

Deno.test("what the CSMS refused is a conflict with its word", async () => {
  const world = worldWith();
  const csms = { action: "Authorize", payload: { idTagInfo: { status: "Blocked" } } };
  world.stations.outcome = { kind: "refused", reason: "The token is Blocked", csms };
  const problem = await readProblem(drive(world, "authorize", { idToken: "A" }), 409);
  assert.equal(problem.detail, "The token is Blocked");
  assert.deepEqual(problem.csms, csms);
});

Deno.test("a CSMS that does not answer in time is a 504 that says so", async () => {
  const world = worldWith();
  world.stations.outcome = { kind: "timeout", message: "No answer to Heartbeat within 30 s" };
  const problem = await readProblem(drive(world, "call", { action: "Heartbeat" }), 504);
  assert.equal(problem.title, "Gateway Timeout");
  assert.equal(problem.detail, "No answer to Heartbeat within 30 s");
});

Deno.test("an unknown station is a 404 on every path, before its body is looked at", async () => {
  const { app, stations } = worldWith();
  for (const [what] of ASKED) {
    const init = { method: "POST", body: "{broken" };
    const problem = await readProblem(app.request(`/api/stations/CP%209/${what}`, init), 404);
    assert.match(problem.detail, /^No station "CP 9"/);
  }
  assert.deepEqual(stations.asked, []);
});

Deno.test("a station that goes while it is driven is answered without a status", async () => {
  const world = worldWith();
  const { driver } = world.stations;
  world.stations.driver = function (id) {
    const found = driver.call(this, id);
    return found && {
      ...found,
      unplug: (at) => {
        this.remove(id);
        return found.unplug(at);
      },
    };
  };
  const answer = await drive(world, "unplug");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { stationId: "CP1", connectorId: 1, connectors: [] });
});

for (const apiToken of [null, new Secret("s3cret")]) {
  const status = apiToken === null ? 403 : 401;
  const what = apiToken === null ? "without a token" : "with a token that is not given";
  Deno.test(`on another address ${what} nothing of a station is open`, async () => {
    const { app, stations } = fakeWorld({ bindHost: "0.0.0.0", apiToken });
    stations.add("CP1");
    for (const path of ["/api/stations", "/api/stations/CP1"]) {
      await readProblem(app.request(path), status);
    }
    for (const [what, body] of ASKED) {
      const init = { method: "POST", body: JSON.stringify(body) };
      await readProblem(app.request(`/api/stations/CP1/${what}`, init), status);
    }
    assert.deepEqual(stations.asked, []);
  });
}
