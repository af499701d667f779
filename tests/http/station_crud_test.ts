import assert from "node:assert/strict";
import type { RosterAnswer } from "../../src/station/mod.ts";
import { fakeWorld, readProblem } from "./fake_ports.ts";

function worldWith(...ids: string[]) {
  const world = fakeWorld();
  for (const id of ids) world.stations.add(id);
  world.roster.answer = { kind: "done", ids, warnings: [] };
  const send = (method: string, path: string, body?: unknown) =>
    world.app.request(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { ...world, send };
}

Deno.test("a station that was made is told whole, with its place and its definition", async () => {
  const { roster, stations, send } = worldWith("RDAM 1|ß");
  roster.definitions.set("RDAM 1|ß", { id: "RDAM 1|ß", tags: ["a"] });
  const answer = await send("POST", "/api/stations", { id: "RDAM 1|ß", tags: ["a"] });
  assert.equal(answer.status, 201);
  assert.equal(answer.headers.get("location"), "/api/stations/RDAM%201%7C%C3%9F");
  const view = JSON.parse(JSON.stringify(stations.view("RDAM 1|ß")));
  assert.deepEqual(await answer.json(), {
    ...view,
    definition: { id: "RDAM 1|ß", tags: ["a"] },
  });
  assert.deepEqual(roster.asked, [["create", { id: "RDAM 1|ß", tags: ["a"] }]]);
});

Deno.test("each method asks the roster for its own thing", async () => {
  const { roster, send } = worldWith("CP 1");
  const statuses = [
    await send("PUT", "/api/stations/CP%201", { tags: [] }),
    await send("PATCH", "/api/stations/CP%201/start"),
    await send("PATCH", "/api/stations/CP%201/stop"),
    await send("POST", "/api/stations/CP%201/clone", { id: "CP2" }),
    await send("DELETE", "/api/stations/CP%201"),
  ].map(({ status }) => status);
  assert.deepEqual(statuses, [200, 200, 200, 201, 204]);
  assert.deepEqual(roster.asked, [
    ["replace", "CP 1", { tags: [] }],
    ["start", "CP 1"],
    ["stop", "CP 1"],
    ["clone", "CP 1", { id: "CP2" }],
    ["remove", "CP 1"],
  ]);
});

Deno.test("a start and a stop answer with the summary", async () => {
  const { stations, send } = worldWith("CP1");
  const answer = await send("PATCH", "/api/stations/CP1/stop");
  assert.deepEqual(await answer.json(), stations.summary("CP1"));
});

Deno.test("warnings are in the answer when there are any", async () => {
  const { roster, send } = worldWith("CP1");
  roster.answer = { kind: "done", ids: ["CP1"], warnings: ["auth.password: OCPP asks for more"] };
  for (
    const answer of [
      send("POST", "/api/stations", {}),
      send("PUT", "/api/stations/CP1", {}),
      send("PATCH", "/api/stations/CP1/start"),
    ]
  ) assert.deepEqual((await (await answer).json()).warnings, ["auth.password: OCPP asks for more"]);
});

for (
  const [outcome, status, detail] of [
    [{ kind: "refused", reason: "Cannot do it: no" }, 409, "Cannot do it: no"],
    [{ kind: "unkept", reason: "Cannot keep it: full" }, 503, "Cannot keep it: full"],
    [{ kind: "unknown" }, 404, 'No station "CP1": GET /api/connections lists those there are'],
    [{ kind: "invalid", problems: [{ path: "url", message: "Is no" }] }, 422, "url: Is no"],
  ] as const satisfies readonly (readonly [RosterAnswer, number, string])[]
) {
  Deno.test(`what is ${outcome.kind} is a ${status} with the sentence, whatever was asked`, async () => {
    const { roster, send } = worldWith("CP1");
    roster.answer = outcome;
    const asks = [
      ["PUT", "/api/stations/CP1"],
      ["POST", "/api/stations/CP1/clone"],
      ["DELETE", "/api/stations/CP1"],
      ["PATCH", "/api/stations/CP1/start"],
    ] as const;
    for (const [method, path] of asks) {
      const problem = await readProblem(send(method, path), status);
      assert.equal(problem.detail, detail);
      if (status === 422) assert.deepEqual(problem.errors, [{ path: "url", message: "Is no" }]);
    }
  });
}

Deno.test("of very many faults the sentence tells some, and the errors how many there are", async () => {
  const { roster, send } = worldWith();
  const problems = Array.from({ length: 1_500 }, (_, index) => ({
    path: `stations[${index}].id`,
    message: "Is missing",
  }));
  roster.answer = { kind: "invalid", problems };
  const problem = await readProblem(send("POST", "/api/stations/import", []), 422);
  assert.match(problem.detail, /; stations\[19\]\.id: Is missing; … and 1480 more$/);
  assert.deepEqual([problem.errors.length, problem.errorCount], [1_000, 1_500]);
});

Deno.test("a body that is no JSON is a 400, one too large a 413, and neither reaches the roster", async () => {
  const { app, roster, send } = worldWith("CP1");
  const broken = app.request("/api/stations", { method: "POST", body: "{id: CP1" });
  assert.match((await readProblem(broken, 400)).detail, /^The body is not JSON/);
  const large = "x".repeat(1024 * 1024);
  await readProblem(send("PUT", "/api/stations/CP1", large), 413);
  await readProblem(send("POST", "/api/stations/import", large), 413);
  assert.deepEqual(roster.asked, []);
});

Deno.test("an unknown station is told before its body is read", async () => {
  const { app } = worldWith();
  const body = "{";
  await readProblem(app.request("/api/stations/CP9", { method: "PUT", body }), 404);
  await readProblem(app.request("/api/stations/CP9/clone", { method: "POST", body }), 404);
});

Deno.test("a method that a path does not have is told with those it has", async () => {
  const { send } = worldWith("CP1");
  const answer = await send("DELETE", "/api/stations");
  assert.equal(answer.headers.get("allow"), "GET, HEAD, POST");
  await readProblem(answer, 405);
  const start = await send("POST", "/api/stations/CP1/start");
  assert.equal(start.headers.get("allow"), "PATCH");
});

Deno.test("a station that is not enabled cannot be connected by hand either", async () => {
  const { app, fleet } = worldWith();
  fleet.add("CP1");
  fleet.connect = () => "disabled";
  const answer = app.request("/api/connections/CP1/connect", { method: "POST" });
  assert.equal(
    (await readProblem(answer, 409)).detail,
    'Cannot connect station "CP1": it is not enabled',
  );
});
