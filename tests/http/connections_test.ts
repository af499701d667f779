import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

const POST = { method: "POST" };

function worldWith(...ids: string[]) {
  const world = fakeWorld();
  for (const id of ids) world.fleet.add(id, { state: "connected" });
  return world;
}

for (
  const id of ["CP1", "RDAM 123|ß", "a/b", "50%", "%41", "%2F", "a?b#c", "__proto__", "42", "a+b"]
) {
  Deno.test(`a station of id ${JSON.stringify(id)} is found percent-encoded`, async () => {
    const { app, fleet } = worldWith(id);
    const path = `/api/connections/${encodeURIComponent(id)}`;
    const answer = await app.request(path);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { ...fleet.statistics(id) });
    assert.equal((await app.request(`${path}/send`, { ...POST, body: "hi" })).status, 202);
    assert.deepEqual(fleet.asked, [`send ${id} hi`]);
  });
}

Deno.test("an unknown station is a 404 that names it, on every path", async () => {
  const { app } = worldWith("CP1");
  for (const [path, init] of [["", {}], ["/connect", POST], ["/disconnect", POST]] as const) {
    const problem = await readProblem(app.request(`/api/connections/CP%209${path}`, init), 404);
    assert.equal(problem.detail, 'No station "CP 9": GET /api/connections lists those there are');
    assert.equal(problem.instance, `/api/connections/CP%209${path}`);
  }
  const send = app.request("/api/connections/constructor/send", { ...POST, body: "x" });
  await readProblem(send, 404);
});

for (const what of ["connect", "disconnect"] as const) {
  Deno.test(`${what} is handed on and answered with the statistics`, async () => {
    const { app, fleet } = worldWith("CP1");
    const answer = await app.request(`/api/connections/CP1/${what}`, POST);
    assert.equal(answer.status, 202);
    assert.deepEqual(await answer.json(), { ...fleet.statistics("CP1") });
    assert.deepEqual(fleet.asked, [`${what} CP1`]);
  });

  Deno.test(`${what} of a closed station is a conflict`, async () => {
    const { app, fleet } = fakeWorld();
    fleet.add("CP1", { state: "closed" });
    const problem = await readProblem(app.request(`/api/connections/CP1/${what}`, POST), 409);
    assert.equal(problem.detail, `Cannot ${what} station "CP1": it is closed for good`);
  });
}

function send(world: ReturnType<typeof fakeWorld>, body?: BodyInit) {
  return world.app.request("/api/connections/CP1/send", { ...POST, body });
}

Deno.test("a body is sent verbatim: spaces, byte order mark, broken JSON, zero bytes", async () => {
  const world = worldWith("CP1");
  const text = '\uFEFF  [2,"1",\r\n"ß\u0000\u{1F50C}"  \n';
  const answer = await send(world, text);
  assert.equal(answer.status, 202);
  assert.deepEqual(await answer.json(), { status: "sent" });
  assert.deepEqual(world.fleet.asked, [`send CP1 ${text}`]);
});

Deno.test("a slow socket is told as queued", async () => {
  const world = worldWith("CP1");
  world.fleet.outcomes.set("CP1", "queued");
  const answer = await send(world, "[]");
  assert.equal(answer.status, 202);
  assert.deepEqual(await answer.json(), { status: "queued" });
});

Deno.test("a full queue is a 429 that says when to try again", async () => {
  const world = worldWith("CP1");
  world.fleet.outcomes.set("CP1", "full");
  const answer = await send(world, "[]");
  assert.equal(answer.headers.get("retry-after"), "1");
  await readProblem(answer, 429);
});

Deno.test("an offline station is a conflict that says why it is offline", async () => {
  const world = fakeWorld();
  world.fleet.add("CP1", { state: "reconnecting", lastError: "Connection refused" });
  world.fleet.outcomes.set("CP1", "offline");
  const problem = await readProblem(send(world, "[]"), 409);
  assert.equal(
    problem.detail,
    'Cannot send to station "CP1": it is reconnecting (Connection refused)',
  );
});

Deno.test("an empty body, a body that is not UTF-8 and one too large are refused", async () => {
  const world = worldWith("CP1");
  assert.match((await readProblem(send(world), 422)).detail, /is empty/);
  const latin1 = new Uint8Array([0x5b, 0xdf, 0x5d]);
  assert.match((await readProblem(send(world, latin1), 400)).detail, /is not valid UTF-8/);
  const large = "x".repeat(1024 * 1024 + 1);
  assert.match((await readProblem(send(world, large), 413)).detail, /at most 1048576 bytes/);
  assert.deepEqual(world.fleet.asked, []);
});

Deno.test("a body of exactly 1 MiB is taken", async () => {
  const world = worldWith("CP1");
  assert.equal((await send(world, "x".repeat(1024 * 1024))).status, 202);
});

Deno.test("a body without a length is counted while it comes, and left when it is too large", async () => {
  const world = worldWith("CP1");
  let left = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => void (left = true),
  });
  await readProblem(send(world, endless), 413);
  assert.equal(left, true);
});

Deno.test("a body that breaks off is the client's problem and is not logged as ours", async () => {
  const world = worldWith("CP1");
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new Error("connection reset")),
  });
  const problem = await readProblem(send(world, broken), 400);
  assert.equal(problem.detail, "Cannot read the body: connection reset");
  assert.deepEqual(world.logged, []);
});

Deno.test("a broadcast goes to all and tells who did not get it", async () => {
  const { app, fleet } = fakeWorld();
  const answer = await app.request("/api/broadcast", { ...POST, body: "to all" });
  assert.equal(answer.status, 202);
  assert.deepEqual(await answer.json(), {
    sent: 1,
    queued: 2,
    failed: [{ stationId: "CP9", reason: "offline" }],
  });
  assert.deepEqual(fleet.asked, ["broadcast to all"]);
  await readProblem(app.request("/api/broadcast", POST), 422);
});
