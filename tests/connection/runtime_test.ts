/**
 * What this program takes from the runtime without a public switch for it. A Deno upgrade that
 * changes any of it must fail here first, by name.
 *
 * @module
 */
import assert from "node:assert/strict";
import { INSECURE_DISPATCHER } from "../../src/connection/runtime_insecure.ts";
import { killSocket } from "../../src/connection/runtime_kill.ts";
import { setPingInterval } from "../../src/connection/runtime_ping.ts";
import { makeCa } from "../support/certs.ts";
import { within } from "../support/connection_harness.ts";
import { RawPeer } from "../support/raw_peer.ts";

interface Open {
  readonly socket: WebSocket;
  readonly closed: Promise<{ readonly error: string; readonly code: number }>;
}

async function open(url: string, options: WebSocketOptions = {}): Promise<Open> {
  const socket = new WebSocket(url, options);
  let error = "";
  socket.onerror = (event) => error = (event as ErrorEvent).message;
  const closed = new Promise<{ error: string; code: number }>((resolve) => {
    socket.onclose = ({ code }) => resolve({ error, code });
  });
  const opened = new Promise((resolve) => socket.onopen = () => resolve(true));
  assert(await Promise.race([opened, closed.then(() => false)]), error);
  return { socket, closed };
}

Deno.test("runtime_ping: the runtime sends real pings while the peer is silent", async () => {
  await using peer = await RawPeer.start();
  const { socket, closed } = await open(peer.url);
  const session = await peer.next();
  assert.equal(setPingInterval(socket, 50), true);
  for (let ping = 0; ping < 3; ping++) await within("a ping", session.next("ping"));
  assert.equal(socket.readyState, WebSocket.OPEN);
  socket.close();
  await closed;
});

Deno.test("runtime_ping: a peer that never pongs fails the connection, in about two intervals", async () => {
  await using peer = await RawPeer.start({ manners: { pongs: false } });
  const { socket, closed } = await open(peer.url);
  const from = performance.now();
  setPingInterval(socket, 100);
  const { error } = await within("the end of a dead peer", closed);
  assert.match(error, /No response from ping/);
  assert(performance.now() - from >= 195);
});

Deno.test("runtime_ping: an interval of 0 sends nothing, from the start", async () => {
  await using peer = await RawPeer.start({ manners: { pongs: false } });
  const { socket, closed } = await open(peer.url);
  assert.equal(setPingInterval(socket, 0), true);
  await echo(peer, socket);
  assert.equal(peer.pings, 0);
  socket.close();
  await closed;
});

Deno.test("runtime_ping: turned off while a ping is due or unanswered, it leaves the peer alone", async (t) => {
  for (const [when, waitForPing] of [["due", false], ["unanswered", true]] as const) {
    await t.step(when, async () => {
      await using peer = await RawPeer.start({ manners: { pongs: false } });
      // Another socket measures the time in which the first one would have died.
      const clock = await open(peer.url);
      await peer.next();
      const { socket, closed } = await open(peer.url);
      const session = await peer.next();
      setPingInterval(socket, 300);
      if (waitForPing) await within("a ping", session.next("ping"));
      setPingInterval(socket, 0);
      setPingInterval(clock.socket, 350);
      await within("the end of the other socket", clock.closed);
      assert.equal(socket.readyState, WebSocket.OPEN);
      assert.equal(session.frames.length, waitForPing ? 1 : 0);
      socket.close();
      await closed;
    });
  }
});

Deno.test("runtime_kill: a socket whose peer ignores the close is freed", async () => {
  await using peer = await RawPeer.start({ manners: { answersClose: false } });
  const { socket, closed } = await open(peer.url);
  const session = await peer.next();
  socket.close();
  await session.next("close");
  assert.equal(killSocket(socket), true);
  await within("the end of a killed socket", closed);
  await within("the end of its TCP connection", session.ended);
});

Deno.test("runtime_kill: killing a socket that is closed already does nothing", async () => {
  await using peer = await RawPeer.start();
  const { socket, closed } = await open(peer.url);
  socket.close();
  await closed;
  assert.equal(killSocket(socket), true);
});

Deno.test("runtime_insecure: the dispatcher lets a self-signed server of another name in", async () => {
  const stranger = await makeCa();
  const issued = await stranger.issue({ names: ["other.example"] });
  await using peer = await RawPeer.start({ tls: issued });
  const options = { dispatcher: INSECURE_DISPATCHER } as WebSocketOptions;
  const { socket, closed } = await open(peer.url, options);
  socket.close();
  await closed;
});

Deno.test("runtime_insecure: without the dispatcher the same server is refused", async () => {
  const issued = await (await makeCa()).issue({ names: ["other.example"] });
  await using peer = await RawPeer.start({ tls: issued });
  await assert.rejects(open(peer.url));
});

/** A text there and back: whatever was due before has happened. */
async function echo(peer: RawPeer, socket: WebSocket): Promise<void> {
  const session = await peer.next();
  for (let turn = 0; turn < 3; turn++) {
    const back = new Promise((resolve) => socket.onmessage = resolve);
    socket.send("there");
    await session.nextText();
    session.sendText("back");
    await back;
  }
}
