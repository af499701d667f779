import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import type { DialFailure } from "../../src/connection/cause.ts";
import { exponentialBackOff, ocppBackOff } from "../../src/connection/retry.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";

type Fake = ReturnType<typeof fakeHarness>;

const EXACT = { baseMs: 5_000, maxMs: 60_000, jitter: 0, maxAttempts: 0, random: () => 0.5 };

/** How long it waits, in seconds, before each of the next dials, all of which the network decides. */
async function waits({ clock, network }: Fake, count: number): Promise<number[]> {
  const seconds: number[] = [];
  while (seconds.length < count) {
    const before = network.attempts.length;
    const waitMs = clock.untilNext;
    assert(waitMs !== null, `after ${seconds.join()} it waits for nothing`);
    await clock.advance(waitMs - 1);
    assert.equal(network.attempts.length, before, "it dialled a millisecond too soon");
    await clock.advance(1);
    assert.equal(network.attempts.length, before + 1);
    seconds.push(waitMs / 1000);
  }
  return seconds;
}

/** A station whose first dial has come out as the network decided. */
async function started(fake: Fake): Promise<Fake> {
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  return fake;
}

/** A network that lets everybody in and throws them out at once. */
function revolvingDoor(): FakeTransport {
  const transport = new FakeTransport();
  transport.end({ kind: "peer-closed", message: "the CSMS closed it with 1000", code: 1000 });
  return transport;
}

function http(status: number, retryAfterMs?: number): DialFailure {
  return { kind: "http", status, message: `HTTP ${status}`, retryAfterMs };
}

Deno.test("a first dial that fails is followed by waits of 5, 10, 20, 40, 60 and 60 s", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  await started(fake);
  assert.deepEqual(await waits(fake, 6), [5, 10, 20, 40, 60, 60]);
  await fake.manager.shutdown();
  assert.equal(fake.clock.pending, 0);
});

Deno.test("a good connection that is lost is followed by the same ladder, from its start", async () => {
  const fake = await started(fakeHarness());
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  fake.network.willAnswer(refused);
  transport.end(lost());
  await fake.clock.settle();
  assert.deepEqual(await waits(fake, 6), [5, 10, 20, 40, 60, 60]);
  await fake.manager.shutdown();
});

Deno.test("a clean close by the server is a lost connection like any other", async () => {
  const fake = await started(fakeHarness());
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  transport.end({ kind: "peer-closed", message: "the CSMS closed it with 1000", code: 1000 });
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "reconnecting");
  fake.network.willAnswer(() => new FakeTransport());
  assert.deepEqual(await waits(fake, 1), [5]);
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "connected");
  await fake.manager.shutdown();
});

Deno.test("reconnectAttempts counts failed dials in a row, and a loss is none", async () => {
  const fake = await started(fakeHarness());
  const failures = () => fake.manager.statistics("CP1")?.reconnectAttempts;
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  transport.end(lost());
  await fake.clock.settle();
  assert.equal(failures(), 0);
  fake.network.willAnswer(refused);
  for (const count of [1, 2, 3]) {
    await waits(fake, 1);
    await fake.clock.settle();
    assert.equal(failures(), count);
  }
  await fake.manager.shutdown();
});

Deno.test("a valid frame makes a connection good: the count is gone and the ladder starts over", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  await started(fake);
  await waits(fake, 2);
  fake.network.willAnswer(() => undefined);
  await waits(fake, 1);
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.reconnectAttempts, 3);
  fake.network.last.say("[3]");
  assert.equal(fake.manager.statistics("CP1")?.reconnectAttempts, 0);
  transport.end();
  await fake.clock.settle();
  assert.equal(fake.clock.untilNext, 5_000);
  await fake.manager.shutdown();
});

Deno.test("lasting one base wait makes a connection good, a millisecond less does not", async () => {
  for (const [lastsMs, nextMs] of [[4_999, 10_000], [5_000, 5_000]] as const) {
    const fake = fakeHarness();
    fake.network.willAnswer(refused);
    await started(fake);
    fake.network.willAnswer(() => undefined);
    await waits(fake, 1);
    const transport = fake.network.last.accept();
    await fake.clock.advance(lastsMs);
    transport.end();
    await fake.clock.settle();
    assert.equal(fake.clock.untilNext, nextMs);
    await fake.manager.shutdown();
  }
});

Deno.test("a frame that makes no sense to the owner does not make a connection good", async () => {
  const fake = fakeHarness();
  const { diary } = fake.add();
  diary.understands = false;
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  fake.network.last.say("<html>");
  transport.end();
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.reconnectAttempts, 1);
  await fake.manager.shutdown();
});

Deno.test("a server that accepts and closes at once is not redialled at full speed for ever", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(revolvingDoor);
  await started(fake);
  assert.deepEqual(await waits(fake, 5), [5, 10, 20, 40, 60]);
  assert.equal(fake.manager.statistics("CP1")?.reconnectAttempts, 6);
  await fake.manager.shutdown();
});

Deno.test("jitter shortens waits by at most its share", async () => {
  const retry = exponentialBackOff({ ...EXACT, jitter: 0.2, random: seededRandom(5) });
  const fake = fakeHarness({ retry });
  fake.network.willAnswer(refused);
  await started(fake);
  for (const rung of [5, 10, 20, 40, 60, 60, 60, 60]) {
    const waitMs = fake.clock.untilNext!;
    assert(waitMs > rung * 800 - 1 && waitMs <= rung * 1000, `${waitMs} ms for ${rung} s`);
    await fake.clock.advance(Math.ceil(waitMs));
  }
  await fake.manager.shutdown();
});

Deno.test("the limit of attempts leads to error, and connect starts afresh from there", async () => {
  const fake = fakeHarness({ retry: exponentialBackOff({ ...EXACT, maxAttempts: 3 }) });
  fake.network.willAnswer(refused);
  await started(fake);
  assert.deepEqual(await waits(fake, 2), [5, 10]);
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "error");
  assert.equal(fake.manager.statistics("CP1")?.reconnectAttempts, 3);
  assert.equal(fake.clock.pending, 0);
  assert(fake.manager.connect("CP1"));
  await fake.clock.settle();
  assert.deepEqual(await waits(fake, 2), [5, 10]);
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "error");
  assert.equal(fake.network.attempts.length, 6);
});

Deno.test("a limit of 0 never gives up", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  await started(fake);
  await fake.clock.advance(1_000 * 60_000);
  assert.equal(fake.manager.statistics("CP1")?.state, "reconnecting");
  assert(fake.network.attempts.length > 1_000);
  await fake.manager.shutdown();
});

Deno.test("Retry-After below the ladder, above it, and beyond 10 minutes; each counts", async () => {
  const answers = [http(503, 1_000), http(503, 90_000), http(503, 3_600_000), http(503)];
  const fake = fakeHarness();
  fake.network.willAnswer(() => answers.shift() ?? refused());
  await started(fake);
  assert.deepEqual(await waits(fake, 4), [5, 90, 600, 40]);
  assert.equal(fake.manager.statistics("CP1")?.reconnectAttempts, 4 + 1);
  await fake.manager.shutdown();
});

Deno.test("a server that is back when asked why is redialled at once, but only once in a row", async () => {
  const recovered: DialFailure = { kind: "handshake", message: "it answers now", recovered: true };
  const fake = fakeHarness();
  fake.network.willAnswer(() => recovered);
  await started(fake);
  assert.equal(fake.network.attempts.length, 2);
  assert.deepEqual(await waits(fake, 3), [5, 10, 20]);
  await fake.manager.shutdown();
});

Deno.test("a redial at once that succeeds leaves nothing behind", async () => {
  const fake = fakeHarness();
  const decisions = [{ kind: "handshake", message: "", recovered: true } as const, undefined];
  fake.network.willAnswer(() => decisions.shift());
  await started(fake);
  fake.network.last.accept();
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "connected");
  assert.deepEqual(fake.path().slice(1), [
    "connecting>reconnecting",
    "reconnecting>connecting",
    "connecting>connected",
  ]);
  await fake.manager.shutdown();
});

Deno.test("the 2.x policy: minimum plus chance, doubled, then it stays; a good connection resets it", async () => {
  const retry = ocppBackOff({
    waitMinimumMs: 10_000,
    randomRangeMs: 4_000,
    repeatTimes: 2,
    random: () => 0.5,
  });
  const fake = fakeHarness({ retry });
  fake.network.willAnswer(refused);
  await started(fake);
  assert.deepEqual(await waits(fake, 5), [12, 26, 54, 54, 54]);
  fake.network.willAnswer(() => undefined);
  await waits(fake, 1);
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  fake.network.willAnswer(refused);
  transport.end();
  await fake.clock.settle();
  assert.deepEqual(await waits(fake, 2), [12, 26]);
  await fake.manager.shutdown();
});
