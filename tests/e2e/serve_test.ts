import assert from "node:assert/strict";
import { Inbox } from "../support/inbox.ts";
import { Program } from "../support/process.ts";
import { EventReader, ready, realCsms, serve, THREE, until } from "./support.ts";
import { within } from "../support/connection_harness.ts";

Deno.test("stations of all versions boot, are accepted, and /ready waits for them", async () => {
  await using csms = await realCsms({ behaviour: { boot: "Pending" }, bootIntervalMs: 1000 });
  await using program = await serve(csms.url);
  await until(csms, "three boots", (csms) => csms.census().boots >= 3);
  const { status, headers, body } = await program.get("/ready");
  assert.equal(status, 503);
  assert.equal(headers.get("content-type"), "application/problem+json; charset=utf-8");
  assert.deepEqual(body.missing, ["CP16", "CP201", "CP21"]);
  assert.match(body.detail, /"CP16" \(connected, but not accepted yet\)/);

  const waiting = ready(program);
  csms.behave({ boot: "Accepted" });
  assert.deepEqual((await waiting).body, { status: "ready" });
  const versions = Array.from(csms.stations.values(), ({ id, version }) => `${id} ${version.id}`);
  assert.deepEqual(versions.sort(), ["CP16 1.6", "CP201 2.0.1", "CP21 2.1"]);
  assert.deepEqual(csms.violations, []);
  assert.equal(await program.stop(), 0);
});

Deno.test("stations beat as often as the CSMS asks", async () => {
  await using csms = await realCsms({ bootIntervalMs: 1000 });
  await using program = await serve(csms.url);
  await until(
    csms,
    "two heartbeats of each",
    ({ stations }) =>
      stations.size === 3 && [...stations.values()].every(({ heartbeats }) => heartbeats >= 2),
  );
  assert.deepEqual(csms.violations, []);
  assert.equal(await program.stop(), 0);
});

Deno.test("a frame by hand reaches the CSMS verbatim, valid or broken", async () => {
  const texts = new Inbox<string>();
  await using csms = await realCsms({ onText: (id, text) => id === "CP16" && texts.put(text) });
  await using program = await serve(csms.url);
  await ready(program);
  const frames = [
    '[2,"hand-1","Heartbeat",{}]',
    '[2, "hand-2",  "Heartbeat" ,{ } ]\n',
    '{"not": "a frame',
    '[2,"\u{1f50c} ß","Nonsense",{"a":[1,2.50]}]',
    " ",
  ];
  for (const frame of frames) {
    const { status, body } = await program.post("/api/connections/CP16/send", frame);
    assert.deepEqual([status, body], [202, { status: "sent" }]);
    assert.equal(await within(frame, texts.take((text) => text === frame)), frame);
  }
  const { body } = await program.get("/api/connections/CP16");
  assert(body.messagesSent > frames.length);
  assert.equal(body.state, "connected");
});

Deno.test("a broadcast reaches everybody who is there and names who is not", async () => {
  const heard = new Inbox<string>();
  const frame = '[2,"all","Heartbeat",{}]';
  await using csms = await realCsms({ onText: (id, text) => text === frame && heard.put(id) });
  await using program = await serve(csms.url);
  await ready(program);
  await program.post("/api/connections/CP201/disconnect");
  await until(csms, "two stations", ({ stations }) => stations.size === 2);
  const { status, body } = await program.post("/api/broadcast", frame);
  assert.equal(status, 202);
  assert.deepEqual(body, {
    sent: 2,
    queued: 0,
    failed: [{ stationId: "CP201", reason: "offline" }],
  });
  const both = Promise.all([heard.take(), heard.take()]);
  const ids = await within("the broadcast at both", both);
  assert.deepEqual(ids.sort(), ["CP16", "CP21"]);
});

Deno.test("a station is disconnected and connected by hand", async () => {
  const closes = new Inbox<number>();
  await using csms = await realCsms({ onDisconnect: (_, code) => closes.put(code) });
  await using program = await serve(csms.url);
  await ready(program);
  await using events = await EventReader.open(program, "?stationId=CP21");

  const away = await program.post("/api/connections/CP21/disconnect");
  assert.deepEqual([away.status, away.body.state], [202, "disconnected"]);
  assert.equal(await within("the close", closes.take()), 1000);
  const gone = await events.to("disconnected");
  assert.deepEqual([gone.stationId, gone.from], ["CP21", "connected"]);
  assert.equal(gone.cause?.kind, "asked");
  // Whom somebody stopped nobody waits for.
  assert.equal((await program.get("/ready")).status, 200);
  const health = await program.get("/health");
  assert.deepEqual(health.body.stations, { connected: 2, total: 3 });
  const refused = await program.post("/api/connections/CP21/send", "x");
  assert.equal(refused.status, 409);
  assert.match(refused.body.detail, /it is disconnected/);

  const back = await program.post("/api/connections/CP21/connect");
  assert.equal(back.status, 202);
  assert(["connecting", "connected"].includes(back.body.state));
  await events.to("connected");
  assert.equal((await ready(program)).status, 200);
  // It did not reboot, so it does not boot again (B04).
  assert.equal(csms.census().boots, 3);

  const nobody = await program.post("/api/connections/CP9/connect");
  assert.deepEqual([nobody.status, nobody.body.title], [404, "Not Found"]);
});

Deno.test("flag wins over environment, environment over file", async () => {
  await using csms = await realCsms();
  const wrong = "ws://127.0.0.1:9/wrong";
  await using program = await Program.start(["--log-level", "warn", "--port", "0"], {
    config: JSON.stringify({
      server: { port: 99 },
      logging: { level: "debug" },
      csms: { default_url: wrong, reconnect_backoff: "200ms" },
      stations: THREE,
    }),
    environment: {
      OCPP_EMU_CSMS__DEFAULT_URL: csms.url,
      OCPP_EMU_LOGGING__LEVEL: "error",
      OCPP_EMU_LOGGING__FORMAT: "text",
    },
  });
  await until(csms, "three stations", ({ stations }) => stations.size === 3);
  csms.disconnect("CP16", 1012, "service restart");
  const line = await program.line(/WARN {2}Connection lost/);
  assert.match(
    line,
    /^\S+ WARN {2}Connection lost: the CSMS closed it with 1012: service restart /,
  );
  assert(!program.output.some((line) => / (DEBUG|INFO) /.test(line)), "nothing below warn");
  assert.equal(await program.stop(), 0);
});

Deno.test("without stations it serves, says that there are none, and is ready", async () => {
  await using program = await Program.start(["--port", "0"]);
  await program.logged(/^There are no stations, and no config file was found/, {
    level: "warn",
  });
  assert.deepEqual((await program.get("/ready")).body, { status: "ready" });
  const { body } = await program.get("/api/connections");
  assert.deepEqual(body, { total: 0, connected: 0, stations: {} });
  assert.equal(await program.stop(), 0);
});
