import assert from "node:assert/strict";
import { type LogRequest, LogUploads } from "../../../src/station/service/log_uploads.ts";
import { answered, FakeHost, OFFLINE, serve } from "./support.ts";

function request(location: string, more: Partial<LogRequest> = {}): LogRequest {
  return {
    requestId: 7,
    kind: "DiagnosticsLog",
    location,
    from: null,
    to: null,
    retries: 0,
    retryIntervalMs: 10_000,
    ...more,
  };
}

/** Begins an upload and lets it run up to `last`. */
async function run(host: FakeHost, asked: LogRequest, last: string): Promise<string> {
  const { status, fileName, begin } = new LogUploads(host).prepare(asked);
  assert.equal(status, "Accepted");
  assert.deepEqual(host.said, [], "nothing is said before the answer");
  begin();
  await host.heard(last);
  await host.clock.settle();
  assert.equal(host.clock.pending, 0);
  return fileName;
}

Deno.test("a log is made and brought to its location under the name that was answered (1.6 §5.8, N01)", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response());
  const [from, to] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)];
  const name = await run(host, request(`${server.url}/logs/?key=1`, { from, to }), "Uploaded");
  assert.match(name, /^CP_1___DiagnosticsLog_\d{8}T\d{6}Z\.log$/);
  assert.deepEqual(host.said.map(({ event }) => event), [
    { status: "Uploading", requestId: 7 },
    { status: "Uploaded", requestId: 7 },
  ]);
  const [{ method, url, body }] = server.requests as [typeof server.requests[0]];
  assert.deepEqual([method, url.pathname, url.search], ["PUT", `/logs/${name}`, "?key=1"]);
  assert.match(
    body,
    /^# DiagnosticsLog of CP 1\/ä, written \S+, from 2026-01-01T\S+ to 2026-01-02T\S+\nthe lines\n$/,
  );
  assert.deepEqual(host.deeds, [`collect DiagnosticsLog ${from} ${to}`]);
});

Deno.test("a location that is a file is taken as it is", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response());
  await run(host, request(`${server.url}/one.log`, { kind: "SecurityLog" }), "Uploaded");
  assert.equal(server.requests[0]!.url.pathname, "/one.log");
  assert.deepEqual(host.deeds, ["collect SecurityLog null null"]);
});

Deno.test("a failure is said as precisely as possible, and the log says why (N01.FR.10)", async () => {
  let status = 0;
  await using server = serve(() => new Response(null, { status }));
  const ends = {
    400: "BadMessage",
    401: "PermissionDenied",
    405: "NotSupportedOperation",
    500: "UploadFailure",
  };
  for (const [code, end] of Object.entries(ends)) {
    const host = new FakeHost();
    status = Number(code);
    await run(host, request(server.url), end);
    assert.deepEqual(host.statuses("logStatus"), ["Uploading", end]);
    assert.match(host.lines.join("\n"), new RegExp(`answers ${code}`));
  }
});

Deno.test("a location of another protocol fails at once, and its password is not logged", async () => {
  const host = new FakeHost();
  const asked = request("sftp://me:secret@example.org/", { retries: 3 });
  await run(host, asked, "NotSupportedOperation");
  assert.match(host.lines.join("\n"), /HTTP and HTTPS only, the location is \\"sftp:\\"/);
  assert(!host.lines.join().includes("secret"));
});

Deno.test("an upload that fails is tried again after the interval", async () => {
  const host = new FakeHost();
  await using server = serve((_request, count) =>
    new Response(null, { status: count === 1 ? 503 : 200 })
  );
  new LogUploads(host).prepare(request(server.url, { retries: 1 })).begin();
  while (!host.lines.some((line) => line.includes("tried again"))) await host.clock.settle();
  await host.clock.advance(9_999);
  assert.equal(server.requests.length, 1);
  await host.clock.advance(1);
  await host.heard("Uploaded");
  assert.deepEqual(host.statuses("logStatus"), ["Uploading", "Uploaded"]);
});

Deno.test("a newer request ends an older upload (N01.FR.11, in 2.x N01.FR.20)", async () => {
  const host = new FakeHost();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  await using server = serve((_request, count) => {
    asked.resolve();
    return count === 1 ? answer.promise : new Response();
  });
  const logs = new LogUploads(host);
  logs.prepare(request(server.url, { requestId: 1, retries: 5 })).begin();
  await asked.promise;
  assert.deepEqual(logs.current, { status: "Uploading", requestId: 1 });
  const { status, begin } = logs.prepare(request(server.url, { requestId: 2 }));
  assert.equal(status, "AcceptedCanceled");
  begin();
  await host.heard("Uploaded");
  await host.clock.settle();
  assert.deepEqual(host.said.map(({ event }) => event), [
    { status: "Uploading", requestId: 1 },
    { status: "AcceptedCanceled", requestId: 1 },
    { status: "Uploading", requestId: 2 },
    { status: "Uploaded", requestId: 2 },
  ]);
  assert.deepEqual(logs.current, { status: "Idle", requestId: null });
  answer.resolve(new Response());
});

Deno.test("a log that cannot be made is a failed upload", async () => {
  const host = new FakeHost();
  host.collectLog = () => {
    throw new Error("the disk is gone");
  };
  await run(host, request("http://127.0.0.1:1/"), "UploadFailure");
  assert.match(host.lines.join("\n"), /the disk is gone/);
});

Deno.test("an upload goes on without a connection, and its end is said when there is one", async () => {
  const host = new FakeHost();
  host.answer = () => OFFLINE;
  await using server = serve(() => new Response());
  const logs = new LogUploads(host);
  logs.prepare(request(server.url)).begin();
  await host.heard("Uploaded");
  await host.clock.settle();
  host.said.length = 0;
  host.answer = () => answered();
  logs.connected();
  await host.clock.settle();
  logs.connected();
  assert.deepEqual(host.statuses("logStatus"), ["Uploaded"]);
  assert.equal(logs.job!.isSaid, true);
});

Deno.test("a station that stops ends its upload without a word", async () => {
  const host = new FakeHost();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  await using server = serve(() => {
    asked.resolve();
    return answer.promise;
  });
  const logs = new LogUploads(host);
  logs.prepare(request(server.url, { retries: 5 })).begin();
  await asked.promise;
  logs.stop();
  await host.clock.settle();
  assert.deepEqual(host.statuses("logStatus"), ["Uploading"]);
  assert.equal(host.clock.pending, 0);
  answer.resolve(new Response());
});
