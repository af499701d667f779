import assert from "node:assert/strict";
import { Topic } from "../../src/log/mod.ts";

Deno.test("a listener that throws harms no other, and is reported", () => {
  const thrown: unknown[] = [];
  const topic = new Topic<number>((error) => thrown.push(error));
  const heard: number[] = [];
  topic.subscribe(() => {
    throw new Error("mine");
  });
  topic.subscribe((fact) => heard.push(fact));
  topic.publish(1);
  assert.deepEqual(heard, [1]);
  assert.equal(thrown.length, 1);
});

Deno.test("the same function subscribed twice is two subscriptions", () => {
  const topic = new Topic<number>(() => {});
  let count = 0;
  const listener = () => count++;
  const stop = topic.subscribe(listener);
  topic.subscribe(listener);
  topic.publish(1);
  stop();
  stop();
  topic.publish(2);
  assert.equal(count, 3);
  assert.equal(topic.size, 1);
});

Deno.test("a listener may leave while a fact is being told", () => {
  const topic = new Topic<number>(() => {});
  const heard: string[] = [];
  const stop = topic.subscribe(() => {
    heard.push("first");
    stop();
  });
  topic.subscribe(() => heard.push("second"));
  topic.publish(1);
  topic.publish(2);
  assert.deepEqual(heard, ["first", "second", "second"]);
});
