import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import type {
  Connection,
  ConnectionManager,
  ConnectionStateName,
} from "../../src/connection/mod.ts";
import { exponentialBackOff } from "../../src/connection/retry.ts";
import { Secret } from "../../src/log/mod.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";

/** The census as anybody can count it. */
function recount(manager: ConnectionManager): Record<ConnectionStateName, number> {
  const counted = {
    disconnected: 0,
    connecting: 0,
    connected: 0,
    reconnecting: 0,
    error: 0,
    closed: 0,
  };
  for (const id of manager.ids()) counted[manager.statistics(id)!.state]++;
  return counted;
}

Deno.test("the census is a recount at every moment of a wild life", async () => {
  const random = seededRandom(11);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const fake = fakeHarness({
    retry: exponentialBackOff({
      baseMs: 5_000,
      maxMs: 60_000,
      jitter: 0.5,
      maxAttempts: 3,
      random,
    }),
    maxConcurrentDials: 5,
  });
  const { clock, manager, network } = fake;
  const open: FakeTransport[] = [];
  network.willAnswer(() => {
    if (random() < 0.4) return refused();
    const transport = new FakeTransport();
    transport.answersClose = random() < 0.7;
    open.push(transport);
    return transport;
  });
  let checks = 0;
  manager.changes.subscribe(() => {
    assert.deepEqual(manager.census(), recount(manager));
    checks++;
  });
  const connections = new Map<string, Connection>();
  const add = (stationId: string) => {
    connections.set(stationId, fake.add({ stationId }).connection);
  };
  let undecided = 0;
  const retarget = (id: string) => {
    undecided++;
    const credentials = { type: "bearer", token: new Secret("t") } as const;
    connections.get(id)!.retarget({ credentials }).then(() => undecided--);
  };
  for (let n = 0; n < 30; n++) add(`CP${n}`);
  for (let round = 0; round < 600; round++) {
    const id = `CP${Math.floor(random() * 30)}`;
    const chance = random();
    if (chance < 0.4) manager.connect(id);
    else if (chance < 0.55) void manager.disconnect(id);
    else if (chance < 0.6) manager.reconnect(id);
    else if (chance < 0.65) manager.reconnect(id, random() * 20_000);
    else if (chance < 0.7) await Promise.all([manager.remove(id), clock.advance(3_000)]);
    else if (chance < 0.8) pick([...open, new FakeTransport()]).end(lost());
    else if (chance < 0.9) retarget(id);
    else if (manager.statistics(id) === undefined) add(id);
    if (round % 5 === 0) await clock.advance(random() * 10_000);
    assert.deepEqual(manager.census(), recount(manager));
  }
  assert(checks > 500, `${checks} changes were too few to tell`);
  await Promise.all([manager.shutdown(), clock.advance(3_000)]);
  assert.deepEqual(manager.census(), { ...recount(manager), closed: manager.size });
  assert.equal(clock.pending, 0);
  assert.equal(undecided, 0);
  for (const most of network.mostOpen.values()) assert.equal(most, 1);
});

Deno.test("broadcast counts who got it and names who did not, and why", async () => {
  const fake = fakeHarness({ sendQueue: 1 });
  const transports: FakeTransport[] = [];
  for (const stationId of ["good", "slow", "full", "dead", "idle"]) {
    fake.add({ stationId });
    if (stationId === "idle") continue;
    fake.manager.connect(stationId);
    await fake.clock.settle();
    transports.push(fake.network.last.accept());
    await fake.clock.settle();
  }
  const [good, slow, full, dead] = transports;
  slow!.bufferedBytes = full!.bufferedBytes = 8 * 1024 * 1024;
  fake.manager.send("full", "earlier");
  dead!.end(lost());
  await fake.clock.settle();
  assert.deepEqual(fake.manager.broadcast("[2]"), {
    sent: 1,
    queued: 1,
    failed: [
      { stationId: "full", reason: "full" },
      { stationId: "dead", reason: "offline" },
      { stationId: "idle", reason: "offline" },
    ],
  });
  assert.deepEqual(good!.sent, ["[2]"]);
  await fake.manager.shutdown();
});

Deno.test("ids come in the order they were added, and a removed one may come back", async () => {
  const fake = fakeHarness();
  for (const stationId of ["b", "a", "c"]) fake.add({ stationId });
  assert.throws(
    () => fake.add({ stationId: "a" }),
    /^TypeError: Cannot add connection "a": it already exists$/,
  );
  assert.equal(fake.manager.size, 3);
  assert.equal(await fake.manager.remove("a"), true);
  fake.add({ stationId: "a" });
  assert.deepEqual([...fake.manager.ids()], ["b", "c", "a"]);
});

Deno.test("disconnect all leaves every station to be connected again", async () => {
  const fake = fakeHarness();
  for (const stationId of ["a", "b"]) {
    fake.add({ stationId });
    fake.manager.connect(stationId);
  }
  await fake.clock.settle();
  fake.network.attempts[0]!.accept();
  await fake.clock.settle();
  await fake.manager.disconnectAll();
  assert.equal(fake.manager.census().disconnected, 2);
  assert(fake.manager.connect("a"));
  await fake.clock.settle();
  assert.equal(fake.network.attempts.length, 3);
  await fake.manager.shutdown();
  assert.equal(fake.manager.census().closed, 2);
});
