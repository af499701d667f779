import assert from "node:assert/strict";
import { within } from "../support/connection_harness.ts";
import { Inbox } from "../support/inbox.ts";
import { MAIN, Program } from "../support/process.ts";
import { RawPeer, type RawSession } from "../support/raw_peer.ts";
import { configFor, EventReader, ready, realCsms, serve, THREE } from "./support.ts";

// Windows knows SIGINT alone, and has no way to send it to one process.
const ignore = Deno.build.os === "windows";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} closes every socket with 1000 and ends with 0`, { ignore }, async () => {
    const closes = new Inbox<number>();
    await using csms = await realCsms({ onDisconnect: (_, code) => closes.put(code) });
    await using program = await serve(csms.url);
    await ready(program);
    program.signal(signal);
    for (const _ of THREE) assert.equal(await within("a close", closes.take()), 1000);
    assert.equal(await within("the end", program.exited), 0);
    assert.deepEqual(program.complaints, []);
    assert.equal(program.log.at(-1)?.message, "Stopped");
  });
}

/** The program with one station, connected to a CSMS that reads and answers no close. */
async function neverClosed(peer: RawPeer): Promise<{ program: Program; session: RawSession }> {
  const program = await serve(peer.url, {
    csms: { close_timeout: "60s" },
    stations: [{ id: "CP1" }],
  });
  const session = await within("a session", peer.next());
  await program.logged(/^Connected$/);
  return { program, session };
}

Deno.test("with a CSMS that never answers the close one signal ends within 5 s", {
  ignore,
}, async () => {
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  const { program, session } = await neverClosed(peer);
  await using _ = program;
  const { ms, code } = await program.timeToEnd("SIGTERM");
  assert.equal(code, 0);
  assert(ms < 5000, `took ${ms} ms`);
  assert.equal((await session.next("close")).code, 1000);
});

Deno.test("with a CSMS that never answers the close a second signal ends at once", {
  ignore,
}, async () => {
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  const { program } = await neverClosed(peer);
  await using _ = program;
  program.signal("SIGTERM");
  await program.logged(/^Stopping$/);
  const { ms, code } = await program.timeToEnd("SIGINT");
  assert.equal(code, 130);
  assert(ms < 1000, `took ${ms} ms`);
});

Deno.test(
  "a signal ends stations that dial a silent CSMS, or wait to redial",
  { ignore },
  async () => {
    await using csms = await realCsms({ behaviour: { frozen: true } });
    await using program = await serve(csms.url, {
      stations: [...THREE, { id: "WAITS", url: "ws://127.0.0.1:9/nobody" }],
      csms: { reconnect_backoff: "1m", reconnect_max_backoff: "1m" },
    });
    await program.logged(/^Cannot connect/, { station: "WAITS" });
    const { ms, code } = await program.timeToEnd("SIGTERM");
    assert.equal(code, 0);
    assert(ms < 1000, `took ${ms} ms`);
  },
);

Deno.test("a signal ends open streams and a wait for /ready", { ignore }, async () => {
  await using csms = await realCsms({ behaviour: { frozen: true } });
  await using program = await serve(csms.url);
  await using _events = await EventReader.open(program);
  const waiting = program.get("/ready?timeout=1h");
  // Once this one is answered, that one is under way.
  await program.get("/health");
  await program.logged(/^Connecting$/);
  const { ms, code } = await program.timeToEnd("SIGTERM");
  assert.equal(code, 0);
  assert(ms < 1000, `took ${ms} ms`);
  const { status, body } = await waiting;
  assert.deepEqual([status, body.detail], [503, "The emulator is shutting down"]);
});

Deno.test("a signal during the start ends well too", { ignore }, async () => {
  // The signal comes while the program reads its config.
  const early = `
    const read = Deno.readTextFileSync;
    Deno.readTextFileSync = (path) => {
      Deno.kill(Deno.pid, "SIGTERM");
      return read(path);
    };
    await import(${JSON.stringify(MAIN.href)});`;
  await using csms = await realCsms();
  await using program = await Program.start(["serve"], {
    config: configFor(csms.url),
    script: "early.ts",
    files: { "early.ts": early },
  });
  assert.equal(await within("the end", program.exited), 0);
  assert.deepEqual(program.complaints, []);
});
