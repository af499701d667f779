import assert from "node:assert/strict";
import type { Cause, Connection, Credentials } from "../../src/connection/mod.ts";
import { Secret } from "../../src/log/mod.ts";
import { eventually, realHarness, within } from "../support/connection_harness.ts";
import { makeCa } from "../support/certs.ts";
import { RawPeer, refusedUrl, type SeenRequest } from "../support/raw_peer.ts";

function password(text: string): Credentials {
  return { type: "basic", username: null, password: new Secret(text), authorizationKey: null };
}

/** The password of a request. */
function seen({ headers }: SeenRequest): string | undefined {
  const [, basic] = headers.get("authorization")?.split(" ") ?? [];
  return basic && atob(basic).split(":")[1];
}

/** A connected station with the old password, at a peer that knows some. */
async function stationAt(peer: RawPeer, known: readonly string[], goodAfterMs = 20) {
  peer.answer = (request) =>
    known.includes(seen(request) ?? "") ? { type: "accept" } : { type: "http", status: 401 };
  const real = realHarness({ goodAfterMs });
  const { connection } = real.add({ url: peer.url, credentials: password("old") });
  real.manager.connect("CP1");
  await real.reaches("connected");
  await peer.next();
  return { real, connection };
}

function outcome(change: Promise<Cause | null>): Promise<Cause | null> {
  return within("the change to be decided", change);
}

/** One socket stands, and it talks. */
async function talks(peer: RawPeer, connection: Connection): Promise<void> {
  const session = await within("the connection", peer.next());
  await eventually("the connection to be open", () => connection.send('[2,"1"]') === "sent");
  assert.equal(await within("a text", session.nextText()), '[2,"1"]');
  await eventually("the other sockets to be gone", () => peer.open === 1);
}

Deno.test("a new password that the CSMS refuses with 401: the old one is back, on one socket (1.6 whitepaper §4)", async () => {
  await using peer = await RawPeer.start();
  const { real, connection } = await stationAt(peer, ["old"]);
  await using _ = real;
  const cause = await outcome(connection.retarget({ credentials: password("mistake") }));
  assert.match(cause!.message, /refuses the credentials: check auth \(HTTP 401\)$/);
  await talks(peer, connection);
  assert.deepEqual(peer.requests.map(seen), ["old", "mistake", "old"]);
  assert.equal(peer.sessions.length, 2);
  const line = real.logLines.find((line) => line.includes("Cannot change the credentials"));
  assert.match(line!, /refuses the credentials.*goes back to what worked before/);
  assert(!real.logLines.join("\n").includes("mistake"));
});

Deno.test("a new password that the CSMS accepts is kept, at later dials too (1.6 whitepaper §4)", async () => {
  await using peer = await RawPeer.start();
  const { real, connection } = await stationAt(peer, ["old", "new"]);
  await using _ = real;
  assert.equal(await outcome(connection.retarget({ credentials: password("new") })), null);
  await talks(peer, connection);
  peer.sessions.at(-1)!.reset();
  await talks(peer, connection);
  assert.deepEqual(peer.requests.map(seen), ["old", "new", "new"]);
});

Deno.test("a new password that the CSMS accepts and then closes with 1008: the old one is back", async () => {
  await using peer = await RawPeer.start();
  const { real, connection } = await stationAt(peer, ["old", "suspect"], 10_000);
  await using _ = real;
  const change = connection.retarget({ credentials: password("suspect") });
  const session = await within("the connection", peer.next());
  session.close(1008, "Wrong password");
  const cause = await outcome(change);
  assert.equal(cause?.message, "the CSMS closed it with 1008: Wrong password");
  await talks(peer, connection);
  assert.deepEqual(peer.requests.map(seen), ["old", "suspect", "old"]);
});

Deno.test("from ws to wss: kept with the right CA, back to ws without (1.6 whitepaper §3)", async () => {
  const ca = await makeCa();
  await using plain = await RawPeer.start();
  await using secure = await RawPeer.start({ tls: await ca.issue() });
  const { real, connection } = await stationAt(plain, ["old"]);
  await using _ = real;
  const cause = await outcome(connection.retarget({ url: secure.url }));
  assert.equal(cause?.kind, "certificate", cause?.message);
  await talks(plain, connection);
  const tls = { caCert: ca.certPem, clientCert: null, clientKey: null, insecureSkipVerify: false };
  assert.equal(await outcome(connection.retarget({ url: secure.url, tls })), null);
  await talks(secure, connection);
  assert.equal(seen(secure.requests.at(-1)!), "old");
  await eventually("the old socket to be gone", () => plain.open === 0);
});

Deno.test("a URL where nothing listens: back where the CSMS is", async () => {
  await using peer = await RawPeer.start();
  const { real, connection } = await stationAt(peer, ["old"]);
  await using _ = real;
  const cause = await outcome(connection.retarget({ url: refusedUrl() }));
  assert.equal(cause?.kind, "refused");
  await talks(peer, connection);
});

Deno.test("a second wrong password is told its own refusal over wss, not that of the first", async () => {
  const ca = await makeCa();
  await using peer = await RawPeer.start({ tls: await ca.issue() });
  await using real = realHarness({ shareReasonMs: 60_000 });
  const tls = { caCert: ca.certPem, clientCert: null, clientKey: null, insecureSkipVerify: false };
  peer.answer = (request) => ({ type: "http", status: seen(request) === "first" ? 401 : 403 });
  const { connection } = real.add({ url: peer.url, credentials: password("first"), tls });
  real.manager.connect("CP1");
  await real.reaches("reconnecting");
  assert.match(real.manager.statistics("CP1")!.lastError!, /\(HTTP 401\)$/);
  await connection.retarget({ credentials: password("second") });
  await real.reaches("reconnecting", "CP1", 2);
  assert.match(real.manager.statistics("CP1")!.lastError!, /\(HTTP 403\)$/);
});

Deno.test("a ping interval that changes on an open socket: pings come, and go", async () => {
  await using peer = await RawPeer.start();
  const { real, connection } = await stationAt(peer, ["old"]);
  await using _ = real;
  const [session] = peer.sessions;
  connection.setPingInterval(30);
  for (let ping = 0; ping < 3; ping++) await within("a ping", session!.next("ping"));
  connection.setPingInterval(2 ** 40);
  const { length } = session!.frames;
  // Another socket measures the time in which many would have come.
  const other = real.add({ stationId: "CP2", url: peer.url, credentials: password("old") });
  other.connection.setPingInterval(30);
  real.manager.connect("CP2");
  const clock = await within("the other socket", peer.next());
  for (let ping = 0; ping < 3; ping++) await within("a ping", clock.next("ping"));
  assert.equal(session!.frames.length, length);
  assert.equal(real.manager.state("CP1")?.name, "connected");
});
