import assert from "node:assert/strict";
import { Turns } from "../../../src/station/fleet/turns.ts";

/** Work that ends when the test says so, and a list of what has begun. */
function workshop() {
  const turns = new Turns();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, ...things: string[]) =>
    turns.take(things, () => {
      begun.push(name);
      const { promise, resolve } = Promise.withResolvers<string>();
      ends.set(name, () => resolve(name));
      return promise;
    });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { turns, begun, ask, settle, end: (name: string) => ends.get(name)!() };
}

Deno.test("work on one thing is done in the order in which it was asked for", async () => {
  const { begun, ask, settle, end } = workshop();
  const all = Promise.all([ask("a", "x"), ask("b", "x"), ask("c", "y")]);
  await settle();
  assert.deepEqual(begun, ["a", "c"]);
  end("a");
  await settle();
  assert.deepEqual(begun, ["a", "c", "b"]);
  end("b");
  end("c");
  assert.deepEqual(await all, ["a", "b", "c"]);
});

Deno.test("work on several things waits for each, and what comes later waits for it", async () => {
  const { begun, ask, settle, end } = workshop();
  const all = Promise.all([ask("a", "x"), ask("b", "y", "x", "y"), ask("c", "y"), ask("d", "x")]);
  await settle();
  assert.deepEqual(begun, ["a"]);
  end("a");
  await settle();
  assert.deepEqual(begun, ["a", "b"]);
  end("b");
  await settle();
  assert.deepEqual(begun, ["a", "b", "c", "d"]);
  end("c");
  end("d");
  await all;
});

Deno.test("work that fails fails for whoever asked, and holds up nobody", async () => {
  const { turns, begun, ask, settle, end } = workshop();
  const failed = turns.take(["x"], () => Promise.reject(new Error("no")));
  const after = ask("a", "x");
  await assert.rejects(failed, /no/);
  await settle();
  assert.deepEqual(begun, ["a"]);
  end("a");
  await after;
});
