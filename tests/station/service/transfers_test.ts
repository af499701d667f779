import assert from "node:assert/strict";
import { readLocation } from "../../../src/station/service/location.ts";
import type { TransferEnd } from "../../../src/station/service/transfers.ts";
import { makeCa } from "../../support/certs.ts";
import { FakeHost, serve } from "./support.ts";

const never = new AbortController().signal;

function at(url: string) {
  const location = readLocation(url);
  assert("url" in location);
  return location;
}

/** Downloads, and gives the text beside the end. */
async function get(
  host: FakeHost,
  url: string,
  { signal = never, caCerts = [] as readonly string[] } = {},
): Promise<TransferEnd & { text: string }> {
  let text = "";
  const decoder = new TextDecoder();
  const take = (chunk: Uint8Array) => void (text += decoder.decode(chunk, { stream: true }));
  const end = await host.transfers.download(at(url), take, { caCerts, signal });
  assert.equal(host.clock.pending, 0, "no timer is left");
  return { ...end, text };
}

Deno.test("a file comes in pieces, with user and password of its location as Basic", async () => {
  const host = new FakeHost();
  await using server = serve(() => new Response("firmware"));
  const url = server.url.replace("//", "//me:s%20t@");
  assert.deepEqual(await get(host, `${url}/a?b=1#c`), { kind: "done", bytes: 8, text: "firmware" });
  const [{ headers, url: asked }] = server.requests as [typeof server.requests[0]];
  assert.equal(headers.get("authorization"), `Basic ${btoa("me:s t")}`);
  assert.equal(asked.pathname + asked.search, "/a?b=1");
});

Deno.test("what a server refuses has a kind and a sentence", async () => {
  const host = new FakeHost();
  let status = 0;
  await using server = serve(() => new Response("no", { status }));
  const kinds = { 400: "refused", 401: "denied", 403: "denied", 404: "failed", 501: "unsupported" };
  for (const [code, kind] of Object.entries(kinds)) {
    status = Number(code);
    const message = `The server answers ${code}`;
    assert.deepEqual(await get(host, server.url), { kind, message, text: "" });
  }
});

Deno.test("a server that is not there is an end with a reason, without the query", async () => {
  const host = new FakeHost();
  const server = serve(() => new Response());
  await server[Symbol.asyncDispose]();
  const end = await get(host, `${server.url}/?sig=secret`);
  assert.equal(end.kind, "failed");
  assert("message" in end && /refused/i.test(end.message) && !end.message.includes("secret"));
});

Deno.test("redirects are followed, without the password to another server, and not for ever", async () => {
  const host = new FakeHost();
  await using other = serve(() => new Response("there"));
  await using server = serve((request) => {
    const { pathname } = new URL(request.url);
    const location = { "/away": `${other.url}/x`, "/near": "/here", "/ftp": "ftp://a/b" }[pathname];
    if (pathname === "/here") return new Response("here");
    return new Response(null, { status: 302, headers: { location: location ?? "/loop" } });
  });
  const url = server.url.replace("//", "//me:secret@");
  assert.equal((await get(host, `${url}/near`)).text, "here");
  assert(server.requests.every(({ headers }) => headers.has("authorization")));
  assert.equal((await get(host, `${url}/away`)).text, "there");
  assert(!other.requests[0]!.headers.has("authorization"));
  const [loop, ftp] = [await get(host, `${url}/loop`), await get(host, `${url}/ftp`)];
  assert("message" in loop && /more than 5 times/.test(loop.message));
  assert("message" in ftp && /HTTP and HTTPS only/.test(ftp.message));
});

Deno.test("a file that breaks off is not a file", async () => {
  const host = new FakeHost();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using peer = await listener.accept();
    await peer.read(new Uint8Array(4096));
    await peer.write(
      new TextEncoder().encode("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nshort"),
    );
  })();
  const end = await get(host, `http://127.0.0.1:${listener.addr.port}`);
  await served;
  listener.close();
  assert.equal(end.kind, "failed");
});

Deno.test("a file that is announced to be larger than 512 MiB is not fetched", async () => {
  const host = new FakeHost();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using peer = await listener.accept();
    await peer.read(new Uint8Array(4096));
    await peer.write(
      new TextEncoder().encode("HTTP/1.1 200 OK\r\ncontent-length: 536870913\r\n\r\nbegin"),
    );
    // The station hangs up.
    await peer.read(new Uint8Array(1)).catch(() => null);
  })();
  const end = await get(host, `http://127.0.0.1:${listener.addr.port}`);
  await served;
  listener.close();
  assert("message" in end && /larger than/.test(end.message));
});

Deno.test("a server that says nothing is given up after two minutes", async () => {
  const host = new FakeHost();
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  await using server = serve(() => {
    asked.resolve();
    return answer.promise;
  });
  const end = get(host, server.url);
  await asked.promise;
  await host.clock.advance(120_000);
  const { kind, message } = await end as { kind: string; message: string };
  assert.deepEqual([kind, message], ["failed", "Nothing came for 120 s"]);
  answer.resolve(new Response());
});

Deno.test("a transfer ends when its signal does, also while it waits for its turn", async () => {
  const host = new FakeHost();
  const answer = Promise.withResolvers<Response>();
  const both = Promise.withResolvers<void>();
  await using server = serve((_request, count) => {
    if (count === 2) both.resolve();
    return answer.promise;
  });
  const stop = new AbortController();
  const ends = [1, 2, 3].map(() =>
    host.transfers.download(at(server.url), () => {}, { caCerts: [], signal: stop.signal })
  );
  await both.promise;
  stop.abort();
  assert.deepEqual(await Promise.all(ends), Array(3).fill({ kind: "aborted" }));
  assert.equal(server.requests.length, 2, "two at once are admitted here");
  answer.resolve(new Response());
  assert.equal(host.clock.pending, 0);
});

Deno.test("an authority of the station's own is trusted, and no other", async () => {
  const host = new FakeHost();
  const ca = await makeCa();
  const { certPem: cert, keyPem: key } = await ca.issue();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, cert, key, onListen() {} },
    () => new Response("safe"),
  );
  const url = `https://localhost:${server.addr.port}`;
  assert.equal((await get(host, url, { caCerts: [ca.certPem] })).text, "safe");
  const end = await get(host, url);
  assert("message" in end && /UnknownIssuer/.test(end.message));
  await server.shutdown();
});

Deno.test("authorities that cannot be read end the transfer with the reason", async () => {
  const host = new FakeHost();
  const caCerts = ["-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"];
  await using server = serve(() => new Response("firmware"));
  for (let places = 0; places < 3; places++) {
    const end = await get(host, server.url, { caCerts });
    assert("message" in end && /certificate/.test(end.message));
  }
  assert.equal((await get(host, server.url)).text, "firmware", "all places are free again");
});

Deno.test("a text is PUT, or POSTed where PUT is not allowed, and follows 307 only", async () => {
  const host = new FakeHost();
  await using server = serve(({ method, url }) => {
    const { pathname } = new URL(url);
    if (pathname === "/moved") {
      return new Response(null, { status: 307, headers: { location: "/put" } });
    }
    if (pathname === "/found") {
      return new Response(null, { status: 302, headers: { location: "/put" } });
    }
    return new Response("ok", { status: pathname === "/post" && method === "PUT" ? 405 : 201 });
  });
  const file = { name: "a.log", text: "ä\n" };
  const put = (path: string) =>
    host.transfers.upload(at(server.url + path), file, { caCerts: [], signal: never });
  assert.deepEqual(await put("/put"), { kind: "done", bytes: 3 });
  assert.deepEqual(await put("/post"), { kind: "done", bytes: 3 });
  assert.deepEqual(await put("/moved"), { kind: "done", bytes: 3 });
  assert.deepEqual(await put("/found"), { kind: "failed", message: "The server answers 302" });
  assert.deepEqual(server.requests.map(({ method, url, body }) => [method, url.pathname, body]), [
    ["PUT", "/put", "ä\n"],
    ["PUT", "/post", "ä\n"],
    ["POST", "/post", "ä\n"],
    ["PUT", "/moved", "ä\n"],
    ["PUT", "/put", "ä\n"],
    ["PUT", "/found", "ä\n"],
  ]);
  assert.match(server.requests[0]!.headers.get("content-disposition")!, /filename="a.log"/);
});
