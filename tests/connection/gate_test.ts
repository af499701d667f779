import assert from "node:assert/strict";
import { Gate } from "../../src/connection/gate.ts";

const never = new AbortController().signal;

/** Enters, and tells by its place in `order` when it was let in. */
function enter(gate: Gate, name: string, order: string[], signal = never): Promise<boolean> {
  return gate.enter(signal).then((inside) => {
    if (inside) order.push(name);
    return inside;
  });
}

/** Lets every promise that is ready run. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

Deno.test("the gate admits as many as its limit, and the next when one leaves", async () => {
  const gate = new Gate(2);
  const order: string[] = [];
  for (const name of ["a", "b", "c", "d"]) enter(gate, name, order);
  await settle();
  assert.deepEqual(order, ["a", "b"]);
  gate.leave();
  await settle();
  assert.deepEqual(order, ["a", "b", "c"]);
  assert.equal(gate.inside, 2);
});

Deno.test("the gate is fair: first come, first served, also for those who come back", async () => {
  const gate = new Gate(1);
  const order: string[] = [];
  for (const name of ["a", "b", "a again"]) enter(gate, name, order);
  for (let left = 0; left < 3; left++) {
    await settle();
    gate.leave();
  }
  assert.deepEqual(order, ["a", "b", "a again"]);
  assert.equal(gate.inside, 0);
});

Deno.test("who gives up waiting keeps no place and blocks nobody", async () => {
  const gate = new Gate(1);
  const order: string[] = [];
  await enter(gate, "a", order);
  const stop = new AbortController();
  const gaveUp = enter(gate, "b", order, stop.signal);
  enter(gate, "c", order);
  stop.abort();
  assert.equal(await gaveUp, false);
  gate.leave();
  await settle();
  assert.deepEqual(order, ["a", "c"]);
  gate.leave();
  assert.equal(gate.inside, 0);
});

Deno.test("who comes with an aborted signal does not get in", async () => {
  const gate = new Gate(1);
  assert.equal(await gate.enter(AbortSignal.abort()), false);
  assert.equal(gate.inside, 0);
});

Deno.test("10,000 wait in order while half of them give up, and nobody is lost", async () => {
  const gate = new Gate(100);
  const order: string[] = [];
  const stop = new AbortController();
  const all = Array.from(
    { length: 10_000 },
    (_, n) => enter(gate, `${n}`, order, n % 2 === 1 && n >= 100 ? stop.signal : never),
  );
  stop.abort();
  for (await settle(); gate.inside > 0; await settle()) {
    assert(gate.inside <= 100);
    for (let leaving = gate.inside; leaving > 0; leaving--) gate.leave();
  }
  const inside = (await Promise.all(all)).filter(Boolean).length;
  assert.equal(inside, 100 + 9_900 / 2);
  assert.deepEqual(order.map(Number), order.map(Number).toSorted((a, b) => a - b));
});
