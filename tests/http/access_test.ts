import assert from "node:assert/strict";
import { Secret } from "../../src/log/mod.ts";
import { fakeWorld, readProblem } from "./fake_ports.ts";

type Headers = Record<string, string>;

function worldOn(bindHost: string, token?: string) {
  const world = fakeWorld({ bindHost, apiToken: token === undefined ? null : new Secret(token) });
  world.fleet.add("CP1", { state: "connected" });
  return world;
}

/** One request per kind of access: its name says which rule rules it. */
const REQUESTS = {
  "GET /health": "open",
  "HEAD /health": "open",
  "GET /ready": "open",
  "GET /metrics": "read",
  "GET /api/connections": "read",
  "GET /api/connections/CP1": "read",
  "HEAD /api/connections/CP1": "read",
  "POST /health": "control",
  "GET /api/events": "control",
  "GET /api/connectionsX": "control",
  "GET /api/stations": "control",
  "GET /api/stations/CP1": "control",
  "POST /api/stations/CP1/plug": "control",
  "GET /": "control",
  "POST /api/connections": "control",
  "POST /api/connections/CP1/connect": "control",
  "POST /api/connections/CP1/disconnect": "control",
  "POST /api/connections/CP1/send": "control",
  "POST /api/broadcast": "control",
} as const;

async function statusOf(world: ReturnType<typeof fakeWorld>, request: string, headers?: Headers) {
  const [method, path] = request.split(" ");
  const body = method === "POST" ? "text" : undefined;
  const answer = await world.app.request(path!, { method, body, headers });
  await answer.body?.cancel();
  return answer.status;
}

for (const bindHost of ["127.0.0.1", "localhost", "::1", "127.0.0.7"]) {
  Deno.test(`on ${bindHost} without a token nothing is refused`, async () => {
    const world = worldOn(bindHost);
    for (const request of Object.keys(REQUESTS)) {
      const status = await statusOf(world, request);
      assert(status < 400 || status === 404 || status === 405, `${request}: ${status}`);
    }
  });
}

for (const bindHost of ["0.0.0.0", "::", "192.168.1.4", "raspberrypi"]) {
  Deno.test(`on ${bindHost} without a token only reading is allowed`, async () => {
    const world = worldOn(bindHost);
    for (const [request, rule] of Object.entries(REQUESTS)) {
      const refused = await statusOf(world, request, { host: "192.168.1.4:8080" }) === 403;
      assert.equal(refused, rule === "control", request);
    }
    assert.deepEqual(world.fleet.asked, []);
  });
}

Deno.test("the refusal says how to set a token", async () => {
  const { app } = worldOn("0.0.0.0");
  const { detail } = await readProblem(app.request("/api/broadcast", { method: "POST" }), 403);
  assert.match(detail, /^The server is bound to "0\.0\.0\.0" without a token/);
  assert.match(detail, /set server\.api_token or OCPP_EMU_SERVER__API_TOKEN/);
});

for (const bindHost of ["0.0.0.0", "127.0.0.1"]) {
  Deno.test(`with a token on ${bindHost} only health and readiness are open`, async () => {
    const world = worldOn(bindHost, "s3cret");
    for (const [request, rule] of Object.entries(REQUESTS)) {
      const open = rule === "open" || request === "POST /health";
      assert.equal(await statusOf(world, request) === 401, !open, request);
      const status = await statusOf(world, request, { authorization: "Bearer s3cret" });
      assert(status !== 401 && status !== 403, request);
    }
  });
}

Deno.test("a missing, wrong or differently spelt token is a 401 that says which", async () => {
  const { app } = worldOn("127.0.0.1", "s3cret");
  for (
    const [authorization, detail] of [
      [undefined, "This path needs the header Authorization: Bearer with the API token"],
      ["Basic czNjcmV0", "The Authorization scheme must be Bearer"],
      ["s3cret", "The Authorization scheme must be Bearer"],
      ["Bearer", "The API token is wrong"],
      ["Bearer s3creT", "The API token is wrong"],
      ["Bearer s3cret2", "The API token is wrong"],
      ["Bearer s3cre", "The API token is wrong"],
    ] as const
  ) {
    const headers: Headers = authorization === undefined ? {} : { authorization };
    const answer = await app.request("/api/connections", { headers });
    assert.match(answer.headers.get("www-authenticate")!, /^Bearer realm="ocpp-emu"/);
    const problem = await readProblem(answer, 401);
    assert.equal(problem.detail, detail);
  }
  const answer = await app.request("/api/connections", {
    headers: { authorization: "bearer   s3cret" },
  });
  assert.equal(answer.status, 200);
});

Deno.test("on loopback the Host must be a loopback name, with a token too", async () => {
  for (const token of [undefined, "s3cret"]) {
    const { app } = worldOn("127.0.0.1", token);
    for (const host of ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.9.9.9", "[::1]:8080"]) {
      const answer = await app.request("/health", { headers: { host } });
      assert.equal(answer.status, 200, host);
    }
    for (
      const host of ["evil.example", "evil.example:8080", "localhost.evil.example", "", "x@y:1"]
    ) {
      const problem = await readProblem(app.request("/health", { headers: { host } }), 421);
      assert.match(problem.detail, /bound to loopback and does not answer for host/, host);
    }
  }
});

Deno.test("on another address any Host will do", async () => {
  const { app } = worldOn("0.0.0.0");
  const answer = await app.request("/health", { headers: { host: "pi.lan:8080" } });
  assert.equal(answer.status, 200);
});

Deno.test("a request from the same origin is let in", async () => {
  const { app } = worldOn("0.0.0.0", "t");
  for (
    const [host, origin] of [
      ["localhost:8080", "http://localhost:8080"],
      ["pi.lan", "http://pi.lan"],
      ["pi.lan:80", "http://pi.lan"],
      ["pi.lan", "https://pi.lan"],
      ["[::1]:8080", "http://[::1]:8080"],
    ] as const
  ) {
    const headers = { host, origin, "sec-fetch-site": "same-origin" };
    const answer = await app.request("/health", { headers });
    assert.equal(answer.status, 200, origin);
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
  }
});

Deno.test("a page of another origin is refused everywhere, whatever it holds", async () => {
  for (const [bindHost, token] of [["127.0.0.1"], ["127.0.0.1", "t"], ["0.0.0.0"]] as const) {
    const world = worldOn(bindHost, token);
    for (
      const foreign of [
        { origin: "https://evil.example" },
        { origin: "null" },
        { origin: "" },
        { origin: "http://localhost" },
        { origin: "http://localhost:8081" },
        { origin: "http://127.0.0.1:8080" },
        { origin: "file://localhost:8080" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
      ] as Headers[]
    ) {
      const headers = { host: "localhost:8080", authorization: "Bearer t", ...foreign };
      for (const request of ["GET /health", "OPTIONS /api/broadcast", "POST /api/broadcast"]) {
        assert.equal(await statusOf(world, request, headers), 403, JSON.stringify(foreign));
      }
    }
    assert.deepEqual(world.fleet.asked, []);
  }
});

Deno.test("an address typed into the browser is let in", async () => {
  const { app } = worldOn("127.0.0.1");
  const headers = { "sec-fetch-site": "none", "sec-fetch-mode": "navigate" };
  assert.equal((await app.request("/health", { headers })).status, 200);
});
