import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { DerControl } from "../../../src/station/der/der_control.ts";
import {
  DerControls,
  type DerStartStop,
  MOST_CONTROLS,
} from "../../../src/station/der/der_controls.ts";

function setUp() {
  const clock = new VirtualClock();
  const told: DerStartStop[] = [];
  const der = new DerControls(
    { now: () => clock.now(), startStop: (event) => told.push(event) },
    clock,
  );
  function control(id: string, given: Partial<DerControl> = {}): DerControl {
    return {
      id,
      type: "FixedVar",
      isDefault: true,
      priority: 5,
      from: clock.now(),
      to: null,
      isStarted: false,
      setting: { setpoint: 1 },
      ...given,
    };
  }
  /** From and for so many seconds from now. */
  function scheduled(id: string, fromS: number, forS: number, given: Partial<DerControl> = {}) {
    const from = clock.now() + fromS * 1000;
    return control(id, { isDefault: false, from, to: from + forS * 1000, ...given });
  }
  return { clock, der, told, control, scheduled };
}

function short(told: readonly DerStartStop[]): string[] {
  return told.map(({ controlId, started }) => `${controlId} ${started ? "starts" : "stops"}`);
}

Deno.test("R04: a more urgent default takes the place of another of its type, an equal one if newer", () => {
  const { der, control } = setUp();
  assert.deepEqual(der.set(control("a")), []);
  assert.deepEqual(der.set(control("b", { priority: 9 })), []);
  assert.deepEqual(der.set(control("c")), ["a"]);
  assert.deepEqual(der.set(control("d", { type: "WattVar", priority: 0 })), []);
  assert.deepEqual(der.find({}).map(({ id, isSuperseded }) => [id, isSuperseded]), [
    ["a", true],
    ["b", true],
    ["c", false],
    ["d", false],
  ]);
});

Deno.test("R04: who is cleared gives its place back", () => {
  const { der, control } = setUp();
  der.set(control("a"));
  der.set(control("b", { priority: 0 }));
  assert.equal(der.clear({ id: "b" }), 1);
  assert.deepEqual(der.find({}).map(({ id, isSuperseded }) => [id, isSuperseded]), [["a", false]]);
});

Deno.test("R04: a scheduled control begins and ends at its time, and is gone then", async () => {
  const { clock, der, told, scheduled } = setUp();
  der.set(scheduled("a", 100, 200));
  await clock.advance(99_999);
  assert.deepEqual(told, []);
  await clock.advance(1);
  assert.deepEqual(told, [
    { controlId: "a", started: true, at: clock.now(), supersededIds: [] },
  ]);
  await clock.advance(200_000);
  assert.deepEqual(short(told), ["a starts", "a stops"]);
  assert.deepEqual(der.find({}), []);
  assert.equal(clock.pending, 0, "no timer is left");
});

Deno.test("R04: of two that meet the more urgent one runs, and says whom it supersedes", async () => {
  const { clock, der, told, scheduled } = setUp();
  der.set(scheduled("a", 0, 100));
  assert.deepEqual(short(told), ["a starts"]);
  assert.deepEqual(der.set(scheduled("b", 50, 100, { priority: 1 })), ["a"]);
  await clock.advance(50_000);
  assert.deepEqual(short(told), ["a starts", "a stops", "b starts"]);
  assert.deepEqual(told.at(-1)?.supersededIds, ["a"]);
  await clock.advance(200_000);
  assert.deepEqual(short(told), ["a starts", "a stops", "b starts", "b stops"]);
  der.stop();
});

Deno.test("R04: those that do not meet do not disturb each other", async () => {
  const { clock, der, told, scheduled } = setUp();
  der.set(scheduled("a", 10, 10));
  assert.deepEqual(der.set(scheduled("b", 20, 10, { priority: 0 })), []);
  await clock.advance(60_000);
  assert.deepEqual(short(told), ["a starts", "a stops", "b starts", "b stops"]);
});

Deno.test("R04: a scheduled control that is cleared has ended", () => {
  const { clock, der, told, scheduled, control } = setUp();
  der.set(scheduled("a", 0, 100));
  der.set(control("b"));
  assert.equal(der.clear({ isDefault: false, type: "WattVar" }), 0);
  assert.equal(der.clear({ isDefault: false }), 1);
  assert.deepEqual(short(told), ["a starts", "a stops"]);
  assert.deepEqual(der.find({}).map(({ id }) => id), ["b"]);
  assert.equal(clock.pending, 0);
});

Deno.test("a station takes so many controls, and one with an id that is there all the same", () => {
  const { der, control } = setUp();
  for (let id = 0; id < MOST_CONTROLS; id++) der.set(control(`${id}`));
  assert.equal(der.set(control("more")), null);
  assert.notEqual(der.set(control("7", { priority: 0 })), null);
  assert.equal(der.find({}).length, MOST_CONTROLS);
});
