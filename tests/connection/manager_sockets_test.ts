import assert from "node:assert/strict";
import { eventually, realHarness, within } from "../support/connection_harness.ts";
import { RawPeer, type RawSession, refusedUrl } from "../support/raw_peer.ts";

Deno.test("a half-open peer: accepted, then no pongs: it ends as no-pong, and is redialled", async () => {
  await using peer = await RawPeer.start({ manners: { pongs: false, answersClose: false } });
  await using real = realHarness({ pingIntervalMs: 200, closeTimeoutMs: 100 });
  const { diary } = real.add({ url: peer.url });
  real.manager.connect("CP1");
  const { ended } = await real.reaches("reconnecting");
  assert.equal(ended?.kind, "no-pong");
  peer.manners.pongs = true;
  await real.reaches("connected", "CP1", 2);
  assert.equal(peer.sessions[0]!.frames.filter(({ kind }) => kind === "ping").length, 1);
  assert.deepEqual(diary.lines, ["opened ocpp1.6", "closed no-pong", "opened ocpp1.6"]);
  await eventually("the dead socket to be freed", () => peer.open === 1);
});

Deno.test("ping_interval 0 sends no pings, and a silent peer keeps its connection", async () => {
  await using peer = await RawPeer.start({ manners: { pongs: false } });
  await using real = realHarness({ pingIntervalMs: 0 });
  await using pinging = realHarness({ pingIntervalMs: 50 });
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  pinging.add({ url: peer.url, stationId: "CP2" });
  pinging.manager.connect("CP2");
  // Two deaths by missing pongs are longer than one would have been.
  await pinging.reaches("reconnecting", "CP2", 2);
  assert.equal(real.manager.statistics("CP1")?.state, "connected");
  assert.equal(peer.sessions[0]!.frames.length, 0);
});

Deno.test("a clean close by the CSMS is followed by a new connection", async () => {
  await using peer = await RawPeer.start();
  await using real = realHarness();
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  const session = await peer.next();
  session.close(1000, "Have a nice day");
  const { ended } = await real.reaches("reconnecting");
  assert.equal(ended?.message, "the CSMS closed it with 1000: Have a nice day");
  await real.reaches("connected", "CP1", 2);
  await eventually("the old socket to be gone", () => peer.open === 1);
});

Deno.test("a restart: the station is back as soon as the CSMS listens again", async () => {
  const first = await RawPeer.start();
  await using real = realHarness();
  real.add({ url: first.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  await first[Symbol.asyncDispose]();
  await real.reaches("reconnecting", "CP1", 3);
  assert.match(real.manager.statistics("CP1")!.lastError!, /^nothing listens at 127\.0\.0\.1:/);
  await using again = await RawPeer.start({ port: first.port });
  await real.reaches("connected", "CP1", 2);
  assert.equal(again.open, 1);
});

Deno.test("a close that the peer never answers ends within the close timeout and frees the socket", async () => {
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  await using real = realHarness({ closeTimeoutMs: 100 });
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  const session = await peer.next();
  await within("the disconnect", real.manager.disconnect("CP1"));
  assert.equal((await session.next("close")).code, 1000);
  await within("the end of the TCP connection", session.ended);
  assert.equal(real.manager.statistics("CP1")?.state, "disconnected");
});

/** What the peer had heard last from the session before, whenever a handshake came. */
function lastFrames(peer: RawPeer): (string | undefined)[] {
  const seen: (string | undefined)[] = [];
  peer.answer = () => {
    seen.push(peer.sessions.at(-1)?.frames.at(-1)?.kind);
    return { type: "accept" };
  };
  return seen;
}

Deno.test("connect right after disconnect never holds two sockets, though the peer is slow to close", async () => {
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  const before = lastFrames(peer);
  await using real = realHarness({ closeTimeoutMs: 100 });
  real.add({ url: peer.url });
  for (let round = 1; round <= 3; round++) {
    real.manager.connect("CP1");
    await real.reaches("connected", "CP1", round);
    real.manager.disconnect("CP1");
  }
  assert.deepEqual(before, [undefined, "close", "close"]);
  await eventually("the old sockets to be gone", () => peer.open <= 1);
});

Deno.test("reconnect by hand closes the old socket with 1000 and opens a new one", async () => {
  await using peer = await RawPeer.start();
  const before = lastFrames(peer);
  await using real = realHarness();
  real.add({ url: peer.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  assert(real.manager.reconnect("CP1"));
  const close = await (await peer.next()).next("close");
  assert.deepEqual([close.code, close.text], [1000, "reconnecting"]);
  await real.reaches("connected", "CP1", 2);
  assert.deepEqual(before, [undefined, "close"]);
  await eventually("the old socket to be gone", () => peer.open === 1);
});

const CHUNK = "x".repeat(256 * 1024);

Deno.test("a slow reader: sent, queued, full, and all of it in order once the peer reads again", async () => {
  await using peer = await RawPeer.start();
  await using real = realHarness({ sendQueue: 5 });
  const { connection } = real.add({ url: peer.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  const session = await peer.next();
  session.stopReading();
  const counts = { sent: 0, queued: 0, full: 0, offline: 0 };
  const settled: (string | null)[] = [];
  const order: string[] = [];
  for (let n = 0; counts.full === 0; n++) {
    assert(n < 1_000, "the socket takes everything");
    const status = connection.send(`${n} ${CHUNK}`, (lost) => settled.push(lost?.kind ?? null));
    counts[status]++;
    if (status !== "full") order.push(`${n}`);
    // The kernel takes what it can between two messages, so that none is held back too early.
    await real.clock.sleep(0);
  }
  assert(counts.sent > 4 && counts.queued === 5 && counts.offline === 0, JSON.stringify(counts));
  assert.equal(real.manager.statistics("CP1")?.queued, 5);
  assert.deepEqual(settled, []);
  session.resumeReading();
  const got: string[] = [];
  for (const _ of order) got.push((await within("a message", session.nextText())).split(" ")[0]!);
  assert.deepEqual(got, order);
  assert.deepEqual(settled, [null, null, null, null, null]);
  assert.equal(real.manager.statistics("CP1")?.messagesSent, order.length);
  assert.equal(connection.send("small again"), "sent");
});

Deno.test("what is queued when the socket dies is rejected with the cause", async () => {
  await using peer = await RawPeer.start();
  await using real = realHarness({ sendQueue: 3 });
  const { connection } = real.add({ url: peer.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  const session = await peer.next();
  const settled = await fillQueue(session, connection, real.clock);
  session.reset();
  await real.reaches("reconnecting");
  assert.deepEqual(settled, ["lost", "lost", "lost"]);
});

Deno.test("a disconnect from a peer that reads nothing ends in time and claims nothing", async () => {
  await using peer = await RawPeer.start();
  await using real = realHarness({ sendQueue: 3, closeTimeoutMs: 100 });
  const { connection } = real.add({ url: peer.url });
  real.manager.connect("CP1");
  await real.reaches("connected");
  const session = await peer.next();
  const settled = await fillQueue(session, connection, real.clock);
  const sentBefore = real.manager.statistics("CP1")?.messagesSent;
  await within("the disconnect", real.manager.disconnect("CP1"));
  assert.deepEqual(settled, ["close-timeout", "close-timeout", "close-timeout"]);
  assert.equal(real.manager.statistics("CP1")?.messagesSent, sentBefore);
});

Deno.test("a broadcast with one dead station reaches the others and names it", async () => {
  await using peer = await RawPeer.start();
  await using real = realHarness();
  for (const stationId of ["CP1", "CP2", "CP3"]) {
    real.add({ stationId, url: stationId === "CP2" ? refusedUrl() : peer.url });
    real.manager.connect(stationId);
  }
  await Promise.all([
    real.reaches("connected", "CP1"),
    real.reaches("reconnecting", "CP2"),
    real.reaches("connected", "CP3"),
  ]);
  assert.deepEqual(real.manager.broadcast('[2,"1","Reset",{}]'), {
    sent: 2,
    queued: 0,
    failed: [{ stationId: "CP2", reason: "offline" }],
  });
  for (const session of peer.sessions) {
    assert.equal(await within("the text", session.nextText()), '[2,"1","Reset",{}]');
  }
});

Deno.test("shutdown while dialling, connected, waiting and closing leaves no socket open", async () => {
  await using peer = await RawPeer.start();
  await using silent = await RawPeer.start({ answer: { type: "silence" } });
  {
    await using real = realHarness();
    const urls = {
      dialling: silent.url,
      waiting: refusedUrl(),
      standing: peer.url,
      closing: peer.url,
    };
    for (const [stationId, url] of Object.entries(urls)) {
      real.add({ stationId, url });
      real.manager.connect(stationId);
    }
    await Promise.all([
      real.reaches("reconnecting", "waiting"),
      real.reaches("connected", "standing"),
      real.reaches("connected", "closing"),
      silent.nextRequest(),
    ]);
    real.manager.disconnect("closing");
  }
  await eventually("all sockets to be gone", () => peer.open === 0 && silent.open === 0);
});

/** Until the socket takes nothing and the queue is full. */
async function fillQueue(
  session: RawSession,
  connection: { send(text: string, settled: (lost: { kind: string } | null) => void): string },
  clock: { sleep(ms: number): Promise<void> },
): Promise<string[]> {
  const settled: string[] = [];
  session.stopReading();
  while (connection.send(CHUNK, (lost) => settled.push(lost?.kind ?? "taken")) !== "full") {
    await clock.sleep(0);
  }
  return settled;
}
