import assert from "node:assert/strict";
import type { Owner } from "../../src/connection/mod.ts";
import { fakeHarness } from "../support/connection_harness.ts";
import { FakeTransport, lost, refused } from "../support/fake_transport.ts";

async function connected(owner?: Owner) {
  const fake = fakeHarness();
  const { connection, diary } = fake.add(owner && { owner });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  return { ...fake, connection, diary, transport };
}

Deno.test("the owner hears of the opening, every text and the end, in that order", async () => {
  const { network, diary, transport, clock, manager } = await connected();
  network.last.say("[3]");
  network.last.say("[4]");
  assert.deepEqual(diary.lines, ["opened ocpp1.6"]);
  assert.deepEqual(diary.texts, ["[3]", "[4]"]);
  transport.end(lost());
  await clock.settle();
  assert.deepEqual(diary.lines, ["opened ocpp1.6", "closed lost"]);
  assert.deepEqual(diary.causes, [lost()]);
  await manager.shutdown();
  assert.equal(diary.lines.length, 2);
});

Deno.test("an owner can send from within opened", async () => {
  const fake = fakeHarness();
  const answers: string[] = [];
  const connection = fake.manager.add({
    stationId: "CP1",
    url: "ws://csms",
    subprotocols: ["ocpp1.6"],
    owner: { opened: () => void answers.push(connection.send("[2]")), received: () => true },
  });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  assert.deepEqual(answers, ["sent"]);
  assert.deepEqual(transport.sent, ["[2]"]);
  await fake.manager.shutdown();
});

Deno.test("an early frame is delivered after opened, and not at all once the owner has left", async () => {
  const fake = fakeHarness();
  const order: string[] = [];
  fake.add({
    owner: {
      opened: () => {
        order.push("opened");
        fake.manager.disconnect("CP1");
      },
      received: () => order.push("received") > 0,
      closed: () => order.push("closed"),
    },
  });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.say("early");
  fake.network.last.accept();
  await fake.clock.settle();
  assert.deepEqual(order, ["opened", "closed"]);
  assert.equal(fake.manager.statistics("CP1")?.messagesReceived, 0);
});

Deno.test("what an owner throws ends nothing and is told in the log, whatever it threw it in", async () => {
  const angry = {
    opened() {
      throw new Error("in opened");
    },
    received(): boolean {
      throw new Error("in received");
    },
    closed() {
      throw new Error("in closed");
    },
  };
  const { network, manager, transport, clock, logLines } = await connected(angry);
  network.last.say("[3]");
  assert.equal(manager.statistics("CP1")?.state, "connected");
  transport.end();
  await clock.settle();
  assert.equal(manager.statistics("CP1")?.state, "reconnecting");
  for (const where of ["in opened", "in received", "in closed"]) {
    const line = `An error was thrown by the owner of connection "CP1": ${where}`;
    assert(
      logLines.some((said) => said.includes(`ERROR "${line}`) || said.includes(`ERROR ${line}`)),
    );
  }
  await manager.shutdown();
});

Deno.test("a throw in received does not make the connection a good one", async () => {
  const { network, manager, transport, clock } = await connected({
    received: () => {
      throw new Error("no");
    },
  });
  network.last.say("[3]");
  transport.end();
  await clock.settle();
  assert.equal(manager.statistics("CP1")?.reconnectAttempts, 1);
  await manager.shutdown();
});

Deno.test("a listener that throws harms neither the others nor the connection", async () => {
  const fake = fakeHarness();
  const heard: string[] = [];
  fake.manager.changes.subscribe(() => {
    throw new Error("change");
  });
  fake.manager.facts.subscribe(() => {
    throw new Error("fact");
  });
  fake.manager.changes.subscribe(({ to }) => heard.push(to.name));
  fake.manager.facts.subscribe(({ type }) => heard.push(type));
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.settle();
  assert.deepEqual(heard, ["connecting", "connected", "connected"]);
  assert(fake.logLines.some((line) => line.includes("a listener for state changes: change")));
  assert(fake.logLines.some((line) => line.includes("a listener for connection events: fact")));
  await fake.manager.shutdown();
});

Deno.test("a callback of a queued message that throws harms neither the rest nor the loop", async () => {
  const { connection, transport, clock, manager, logLines } = await connected();
  const heard: unknown[] = [];
  const angry = () => {
    throw new Error("settled badly");
  };
  transport.bufferedBytes = 8 * 1024 * 1024;
  connection.send("a", angry);
  connection.send("b", (why) => heard.push(why));
  transport.bufferedBytes = 0;
  await clock.advance(1_000);
  assert.deepEqual(transport.sent, ["a", "b"]);
  transport.bufferedBytes = 8 * 1024 * 1024;
  connection.send("c", angry);
  connection.send("d", (why) => heard.push(why));
  transport.end(lost());
  await clock.settle();
  assert.deepEqual(heard, [null, lost()]);
  assert.equal(manager.statistics("CP1")?.state, "reconnecting");
  assert.equal(logLines.filter((line) => line.includes("settled badly")).length, 2);
  await manager.shutdown();
});

Deno.test("between our close and its answer, texts are nobody's", async () => {
  const { network, diary, transport, manager, clock } = await connected();
  transport.answersClose = false;
  const leaving = manager.disconnect("CP1");
  network.last.say("late");
  await clock.advance(3_000);
  await leaving;
  assert.deepEqual(diary.texts, []);
  assert.equal(manager.statistics("CP1")?.messagesReceived, 0);
});

Deno.test("nothing is claimed to be sent while reconnect waits for the old socket to close", async () => {
  const { connection, transport, manager, clock } = await connected();
  transport.answersClose = false;
  manager.reconnect("CP1");
  assert.equal(connection.send("[2]"), "offline");
  assert.equal(manager.statistics("CP1")?.messagesSent, 0);
  await clock.advance(3_000);
  await manager.shutdown();
});

Deno.test("without runtime pings the owner is asked to probe, and a silent CSMS is redialled", async () => {
  const fake = fakeHarness({ pingIntervalMs: 30_000 });
  fake.network.willAnswer(() => {
    const transport = new FakeTransport();
    transport.canPing = false;
    return transport;
  });
  let probes = 0;
  fake.add({ owner: { received: () => true, probe: () => ++probes > 0 } });
  fake.manager.connect("CP1");
  await fake.clock.advance(60_000);
  assert.equal(probes, 1);
  const state = fake.manager.statistics("CP1");
  assert.equal(state?.state, "reconnecting");
  assert.equal(state?.lastError, "the CSMS did not answer a ping in time");
  fake.network.willAnswer(refused);
  await fake.manager.shutdown();
});

Deno.test("without runtime pings any text of the CSMS puts the probe off", async () => {
  const fake = fakeHarness({ pingIntervalMs: 30_000 });
  let probes = 0;
  fake.add({ owner: { received: () => true, probe: () => ++probes > 0 } });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = new FakeTransport();
  transport.canPing = false;
  fake.network.last.accept(transport);
  for (let n = 0; n < 10; n++) {
    await fake.clock.advance(29_000);
    transport.heardAt = fake.clock.monotonic();
    fake.network.last.say("[2]");
  }
  assert.equal(probes, 0);
  assert.equal(fake.manager.statistics("CP1")?.state, "connected");
  await fake.manager.shutdown();
  assert.equal(fake.clock.pending, 0);
});

Deno.test("an owner whose connection a listener ended at once does not hear last that it is open", async () => {
  const fake = fakeHarness();
  fake.manager.changes.subscribe(({ to }) => {
    if (to.name === "connected") fake.manager.disconnect("CP1");
  });
  const { diary } = fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.settle();
  assert.equal(fake.manager.statistics("CP1")?.state, "disconnected");
  assert.notEqual(diary.lines.at(-1), "opened ocpp1.6");
});
