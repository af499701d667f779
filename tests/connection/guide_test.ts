import assert from "node:assert/strict";
import type { Guide, RetryPolicy, TargetChange } from "../../src/connection/mod.ts";
import { exponentialBackOff } from "../../src/connection/mod.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { lost, refused } from "../support/fake_transport.ts";

/** Two hosts, two dials each. */
class TwoHosts implements Guide {
  readonly asked: number[] = [];
  spareDials = 2;

  nextTarget(failures: number): TargetChange | null {
    this.asked.push(failures);
    return { url: Math.floor(failures / 2) % 2 === 0 ? "ws://one" : "ws://two" };
  }
}

/** The hosts of all dials so far. */
function hosts({ network }: ReturnType<typeof fakeHarness>): string[] {
  return network.attempts.map(({ target }) => new URL(target.url).host);
}

Deno.test("a guide says before each dial where it goes, by the failures in a row (2.x B10.FR.03)", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  const guide = new TwoHosts();
  fake.add({ guide });
  fake.manager.connect("CP1");
  await fake.clock.advance(200_000);
  assert.deepEqual(hosts(fake).slice(0, 6), ["one", "one", "two", "two", "one", "one"]);
  assert.deepEqual(guide.asked.slice(0, 3), [0, 1, 2]);
  await fake.manager.shutdown();
});

Deno.test("after a good connection the failures begin anew, and so does the guide", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  fake.add({ guide: new TwoHosts() });
  fake.manager.connect("CP1");
  await fake.clock.advance(5_000);
  fake.network.willAnswer(() => undefined);
  await fake.clock.advance(10_000);
  const transport = fake.network.last.accept();
  await fake.clock.advance(5_000);
  transport.end(lost());
  await fake.clock.advance(5_000);
  assert.deepEqual(hosts(fake), ["one", "one", "two", "one"]);
  await fake.manager.shutdown();
});

Deno.test("no guide is asked about a target on trial", async () => {
  const fake = fakeHarness();
  const guide = new TwoHosts();
  const { connection } = fake.add({ guide });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.advance(5_000);
  const kept = connection.retarget({ url: "ws://three" });
  await fake.clock.settle();
  assert.deepEqual(hosts(fake), ["one", "three"]);
  assert.deepEqual(guide.asked, [0]);
  fake.network.last.accept();
  await fake.clock.advance(5_000);
  assert.equal(await kept, null);
  await fake.manager.shutdown();
});

Deno.test("a policy that gives up does so only once the guide has been through its targets", async () => {
  const policy = exponentialBackOff({ maxAttempts: 3, random: () => 0 });
  const fake = fakeHarness({ retry: policy });
  fake.network.willAnswer(refused);
  fake.add({ guide: new TwoHosts() });
  fake.manager.connect("CP1");
  await fake.clock.advance(1_000_000);
  assert.deepEqual(hosts(fake), ["one", "one", "two", "two", "one"]);
  assert.equal(fake.manager.state("CP1")?.name, "error");
});

Deno.test("a guide that throws, or names what cannot be dialled, is reported and changes nothing", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  const wrong: Guide = { spareDials: 0, nextTarget: () => ({ url: "http://csms" }) };
  fake.add({ guide: wrong });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  assert.deepEqual(hosts(fake), ["csms"]);
  assert(fake.logLines.some((line) => line.includes("must start ws:// or wss://")));
  await fake.manager.shutdown();
});

Deno.test("a connection with a policy of its own follows it, as it is at the time (part 4 5.3)", async () => {
  const fake = fakeHarness();
  fake.network.willAnswer(refused);
  let waitMs = 1_000;
  const retry: RetryPolicy = { nextDelay: () => waitMs };
  fake.add({ retry });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  assert.equal(fake.clock.untilNext, 1_000);
  waitMs = 30_000;
  await fake.clock.advance(1_000);
  assert.equal(fake.clock.untilNext, 30_000);
  await fake.manager.shutdown();
});
