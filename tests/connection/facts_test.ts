import assert from "node:assert/strict";
import { fakeHarness } from "../support/connection_harness.ts";

Deno.test("a text is told of before what its owner answers to it", async () => {
  const fake = fakeHarness();
  const facts: string[] = [];
  fake.manager.facts.subscribe((fact) => {
    if ("text" in fact) facts.push(`${fact.type} ${fact.text}`);
  });
  fake.add({ owner: { received: (text) => fake.manager.send("CP1", `${text}!`) === "sent" } });
  fake.manager.connect("CP1");
  await fake.clock.settle();
  fake.network.last.accept();
  await fake.clock.settle();
  fake.network.last.say("a");
  assert.deepEqual(facts, ["message a", "sent a!"]);
  await fake.manager.shutdown();
});

Deno.test("a text that waits behind a slow socket is told of when the socket takes it", async () => {
  const fake = fakeHarness();
  const sent: string[] = [];
  fake.add();
  fake.manager.connect("CP1");
  await fake.clock.settle();
  const transport = fake.network.last.accept();
  await fake.clock.settle();
  fake.manager.facts.subscribe((fact) => fact.type === "sent" && sent.push(fact.text));
  transport.bufferedBytes = 2 ** 21;
  assert.equal(fake.manager.send("CP1", "later"), "queued");
  assert.equal(fake.manager.queued, 1);
  assert.deepEqual(sent, []);
  transport.bufferedBytes = 0;
  await fake.clock.advance(1_000);
  assert.deepEqual(sent, ["later"]);
  assert.equal(fake.manager.queued, 0);
  await fake.manager.shutdown();
});
