/**
 * What this program takes from the runtime without a public switch for it. A Deno upgrade that
 * changes any of it must fail here first, by name.
 *
 * @module
 */
import assert from "node:assert/strict";
import { INSECURE_DISPATCHER } from "../../src/connection/runtime_insecure.ts";
import { symbolOf } from "../../src/connection/runtime_core.ts";
import { killSocket } from "../../src/connection/runtime_kill.ts";
import { endPings, listenToPeer, sendPing, stopPing } from "../../src/connection/runtime_ping.ts";
import { makeCa } from "../support/certs.ts";
import { eventually, within } from "../support/connection_harness.ts";
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

/** Counts what is heard of the peer of a socket. */
function listen(socket: WebSocket): { count: number; heard(): void } {
  const listener = {
    count: 0,
    heard() {
      listener.count++;
    },
  };
  assert.equal(listenToPeer(socket, listener), true);
  return listener;
}

Deno.test("runtime_ping: a ping goes out when it is asked for, and its pong is heard", async () => {
  await using peer = await RawPeer.start();
  const { socket, closed } = await open(peer.url);
  const session = await peer.next();
  const listener = listen(socket);
  for (let ping = 1; ping <= 3; ping++) {
    assert.equal(sendPing(socket), true);
    await within("a ping", session.next("ping"));
    await eventually("its pong to be heard", () => listener.count === ping);
  }
  assert.equal(socket.readyState, WebSocket.OPEN);
  stopPing(socket);
  socket.close();
  await closed;
});

Deno.test("runtime_ping: texts are heard too, and put no ping on the wire", async () => {
  await using peer = await RawPeer.start();
  const { socket, closed } = await open(peer.url);
  const listener = listen(socket);
  await echo(peer, socket);
  assert.equal(listener.count, 3);
  assert.equal(peer.pings, 0);
  socket.close();
  await closed;
});

Deno.test("runtime_ping: the runtime does not end a connection whose pong stays away, and another ping can follow", async () => {
  await using peer = await RawPeer.start({ manners: { pongs: false } });
  const { socket, closed } = await open(peer.url);
  const session = await peer.next();
  const listener = listen(socket);
  for (let ping = 0; ping < 2; ping++) {
    sendPing(socket);
    await within("a ping", session.next("ping"));
  }
  assert.equal(listener.count, 0);
  assert.equal(socket.readyState, WebSocket.OPEN);
  stopPing(socket);
  socket.close();
  await closed;
});

Deno.test("runtime_ping: a ping that is called off at once never goes out", async () => {
  await using peer = await RawPeer.start();
  const { socket, closed } = await open(peer.url);
  listen(socket);
  sendPing(socket);
  stopPing(socket);
  await echo(peer, socket);
  assert.equal(peer.pings, 0);
  socket.close();
  await closed;
});

Deno.test("runtime_ping: once the socket is over, a ping that is on its way still sets no timer of weeks", async () => {
  await using peer = await RawPeer.start();
  const { socket, closed } = await open(peer.url);
  listen(socket);
  const timeout = symbolOf(socket, "[[idleTimeout]]")!;
  const seconds = () => (socket as unknown as Record<symbol, number>)[timeout]!;
  sendPing(socket);
  assert(seconds() > 24 * 3_600, "the runtime does not end a connection that has been asked");
  endPings(socket);
  assert(seconds() < 0.01);
  socket.close();
  await closed;
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
