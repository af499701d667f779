import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Publications, type PublishStatus } from "../../../src/station/publishing/publications.ts";
import { FakeHost, serve } from "../service/support.ts";

const FIRMWARE = "firmware";
const CHECKSUM = createHash("md5").update(FIRMWARE).digest("hex");

function setUp() {
  const host = new FakeHost();
  const said: PublishStatus[] = [];
  const publications = new Publications({
    log: host.log,
    clock: host.clock,
    transfers: host.transfers,
    caCerts: () => [],
    said: ({ status, requestId }) => {
      assert.equal(requestId, 4);
      said.push(status);
    },
  });
  function publish(location: string, checksum = CHECKSUM): Promise<void> {
    return publications.publish({
      requestId: 4,
      location,
      checksum,
      retries: 0,
      retryIntervalMs: null,
    });
  }
  return { publications, said, publish };
}

Deno.test("L03: firmware is fetched and checked; without a file server it cannot be published", async () => {
  const { publications, said, publish } = setUp();
  await using server = serve(() => new Response(FIRMWARE));
  const publishing = publish(server.url, CHECKSUM.toUpperCase());
  assert(publications.isBusy() && publications.isBusy(CHECKSUM));
  assert(!publications.isBusy("0".repeat(32)));
  assert.deepEqual(publications.current, { status: "Downloading", requestId: 4 });
  await publishing;
  assert.deepEqual(said, ["Downloading", "Downloaded", "ChecksumVerified", "PublishFailed"]);
  assert.deepEqual(publications.current, { status: "Idle", requestId: null });
});

Deno.test("L03: firmware with another checksum is not the one", async () => {
  const { said, publish } = setUp();
  await using server = serve(() => new Response("something else"));
  await publish(server.url);
  assert.deepEqual(said, ["Downloading", "Downloaded", "InvalidChecksum"]);
});

Deno.test("L03: what cannot be fetched has failed", async () => {
  const { said, publish } = setUp();
  await using server = serve(() => new Response("no", { status: 404 }));
  await publish(server.url);
  await publish("ftp://127.0.0.1/fw.bin");
  assert.deepEqual(said, ["Downloading", "DownloadFailed", "Downloading", "DownloadFailed"]);
});

Deno.test("L03: a station that stops says nothing more of it", async () => {
  const { publications, said, publish } = setUp();
  await using server = serve(() => new Response(FIRMWARE));
  const publishing = publish(server.url);
  publications.stop();
  await publishing;
  assert.deepEqual(said, ["Downloading"]);
});
