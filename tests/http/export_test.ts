import assert from "node:assert/strict";
import { StoreError } from "../../src/store/store_error.ts";
import { fakeWorld, readProblem } from "./fake_ports.ts";

Deno.test("NDJSON has one message a line, as the API tells it, newest first", async () => {
  const { app, messages } = fakeWorld();
  messages.add({ text: "line\nbreak" });
  messages.add({ stationId: "CP2" });
  const answer = await app.request("/api/messages/export");
  assert.equal(answer.headers.get("content-type"), "application/x-ndjson; charset=utf-8");
  assert.equal(
    answer.headers.get("content-disposition"),
    'attachment; filename="ocpp-emu-messages.ndjson"',
  );
  const lines = (await answer.text()).split("\n");
  assert.equal(lines.pop(), "");
  const page = await (await app.request("/api/messages")).json();
  assert.deepEqual(lines.map((line) => JSON.parse(line)), page.messages);
});

Deno.test("CSV has a head, and quotes what RFC 4180 says", async () => {
  const { app, messages } = fakeWorld();
  messages.add({ stationId: "A,B", action: null, id: 'say"hi', text: 'a "b"\r\nc', error: "bad" });
  const answer = await app.request("/api/messages/export?format=csv&stationId=A,B");
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8; header=present");
  assert.equal(
    await answer.text(),
    "seq,at,stationId,direction,type,action,id,bytes,latencyMs,error,text\r\n" +
      '1,1970-01-01T00:00:00.000Z,"A,B",out,call,,"say""hi",22,,bad,"a ""b""\r\nc"\r\n',
  );
});

Deno.test("an export of nothing is empty, in CSV but for its head", async () => {
  const { app } = fakeWorld();
  assert.equal(await (await app.request("/api/messages/export?format=ndjson")).text(), "");
  assert.match(await (await app.request("/api/messages/export?format=csv")).text(), /^seq,.*\r\n$/);
});

Deno.test("an unknown format is refused with those there are", async () => {
  const { app } = fakeWorld();
  const problem = await readProblem(app.request("/api/messages/export?format=xml"), 422);
  assert.equal(problem.detail, 'Unknown format "xml": it must be one of ndjson, csv');
});

Deno.test("the log is read no faster than the export is, and no further once its reader left", async () => {
  const { app, messages } = fakeWorld();
  for (let n = 0; n < 200; n++) messages.add({ text: "x".repeat(16 * 1024) });
  const reader = (await app.request("/api/messages/export")).body!.getReader();
  await reader.read();
  await reader.read();
  assert(messages.taken < 20, `${messages.taken}`);
  await reader.cancel();
  assert.equal(messages.reading, 0);
});

Deno.test("an export that cannot be finished breaks off, so that it does not look whole", async () => {
  const { app, messages } = fakeWorld();
  for (let n = 0; n < 100; n++) messages.add({ text: "x".repeat(16 * 1024) });
  const answer = await app.request("/api/messages/export");
  const reader = answer.body!.getReader();
  await reader.read();
  messages.failure = new StoreError("read the message log", "failed");
  await assert.rejects(async () => {
    while (!(await reader.read()).done);
  }, StoreError);
});

Deno.test("a shutdown breaks an export off", async () => {
  const { app, messages, shutdown } = fakeWorld();
  for (let n = 0; n < 100; n++) messages.add({ text: "x".repeat(16 * 1024) });
  const answer = await app.request("/api/messages/export");
  shutdown.abort();
  await assert.rejects(answer.text(), /The emulator is shutting down/);
  assert.equal(messages.reading, 0);
});

Deno.test("HEAD of an export reads nothing", async () => {
  const { app, messages } = fakeWorld();
  const answer = await app.request("/api/messages/export?format=csv", { method: "HEAD" });
  assert.equal(answer.headers.get("content-type"), "text/csv; charset=utf-8; header=present");
  assert.deepEqual(messages.asked, []);
});
