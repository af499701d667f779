import assert from "node:assert/strict";
import { fakeWorld, readProblem } from "./fake_ports.ts";

Deno.test("an unknown path is named, and what exists is listed", async () => {
  const problem = await readProblem(fakeWorld().app.request("/healthz?secret=1"), 404);
  assert.equal(problem.title, "Not Found");
  assert.equal(problem.detail, 'No such path "/healthz"');
  assert.equal(problem.instance, "/healthz");
  assert(problem.paths.includes("GET /health"));
  assert(problem.paths.includes("POST /api/connections/:id/send"));
});

for (const path of ["/", "/openapi.json", "/api/station", "/health/"]) {
  Deno.test(`${path} is not there`, () => readProblem(fakeWorld().app.request(path), 404));
}

Deno.test("a wrong method is a 405 that lists the right ones", async () => {
  const { app } = fakeWorld();
  const onGet = await app.request("/health", { method: "DELETE" });
  assert.equal(onGet.headers.get("allow"), "GET, HEAD");
  const problem = await readProblem(onGet, 405);
  assert.equal(problem.detail, "DELETE is not possible here: allowed are GET, HEAD");
  for (const method of ["GET", "HEAD", "OPTIONS", "PUT"]) {
    const onPost = await app.request("/api/connections/CP1/send", { method });
    assert.equal(onPost.status, 405, method);
    assert.equal(onPost.headers.get("allow"), "POST");
  }
});

Deno.test("what nobody expected is a 500 without internals, and logged", async () => {
  const { app, fleet, logged } = fakeWorld();
  fleet.census = () => {
    throw new Error("the census of 1790 burnt");
  };
  const answer = await app.request("/health");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const problem = await readProblem(answer, 500);
  assert.doesNotMatch(JSON.stringify(problem), /census/);
  assert.equal(logged.length, 1);
  assert.match(logged[0]!, /"level":"error".*Cannot answer GET \/health: the census of 1790 burnt/);
});

Deno.test("every answer is not to be stored or sniffed, and opens nothing to other origins", async () => {
  const { app, fleet } = fakeWorld();
  fleet.add("CP1");
  for (const path of ["/health", "/ready", "/api/connections", "/api/connections/CP1", "/none"]) {
    const { headers, status } = await app.request(path);
    assert.equal(headers.get("cache-control"), "no-store", path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
    const type = status === 200 ? "application/json" : "application/problem+json";
    assert.equal(headers.get("content-type"), `${type}; charset=utf-8`, path);
  }
});

Deno.test("HEAD answers like GET without a body", async () => {
  const { app } = fakeWorld();
  for (const path of ["/health", "/ready", "/api/connections", "/none"]) {
    const get = await app.request(path);
    const head = await app.request(path, { method: "HEAD" });
    assert.equal(head.status, get.status, path);
    assert.equal(head.headers.get("content-type"), get.headers.get("content-type"), path);
    assert.equal(await head.text(), "", path);
  }
});
