import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { ConnectionFact, StateChange } from "../../../src/connection/mod.ts";
import { Topic } from "../../../src/log/mod.ts";
import { loadVersion } from "../../../src/ocpp/mod.ts";
import { ACTION_NAMES } from "../../../src/station/line/action_names.ts";
import { Recorder } from "../../../src/station/traffic/recorder.ts";
import type { NewMessage } from "../../../src/store/mod.ts";

/** A recorder and what it has written. */
class Bench {
  readonly clock = new VirtualClock();
  readonly written: NewMessage[] = [];
  readonly facts = new Topic<ConnectionFact>(rethrow);
  readonly changes = new Topic<StateChange>(rethrow);
  readonly recorder = new Recorder({
    manager: { facts: this.facts, changes: this.changes },
    clock: this.clock,
    append: (message) => this.written.push(message),
  });

  out(text: string, stationId = "CP1"): NewMessage {
    return this.#publish("sent", text, stationId);
  }

  in(text: string, stationId = "CP1"): NewMessage {
    return this.#publish("message", text, stationId);
  }

  lose(stationId = "CP1"): void {
    const cause = { kind: "lost", message: "gone" } as const;
    this.facts.publish({ type: "disconnected", stationId, at: this.clock.now(), cause });
  }

  /** What became of calls, as `out Reset result 1`. */
  get results(): string[] {
    return [...this.recorder.traffic.calls()].flatMap(({ action, direction, results }) =>
      Object.entries(results).filter(([, count]) => count > 0)
        .map(([result, count]) => `${direction} ${action} ${result} ${count}`)
    );
  }

  #publish(type: "sent" | "message", text: string, stationId: string): NewMessage {
    const bytes = new TextEncoder().encode(text).length;
    this.facts.publish({ type, stationId, at: this.clock.now(), text, bytes });
    return this.written.at(-1)!;
  }
}

Deno.test("a frame is written with time, station, direction, type, action, id, text and size", () => {
  const bench = new Bench();
  const text = '[2,"7","DataTransfer",{"vendorId":"ß"}]';
  assert.deepEqual(bench.out(text), {
    at: bench.clock.now(),
    stationId: "CP1",
    direction: "out",
    type: "call",
    action: "DataTransfer",
    id: "7",
    text,
    bytes: text.length + 1,
    latencyMs: null,
    error: null,
  });
});

Deno.test("an answer has the action of its call, and the time since", async () => {
  const bench = new Bench();
  bench.out('[2,"7","Heartbeat",{}]');
  await bench.clock.advance(25.129);
  const answer = bench.in('[3,"7",{"currentTime":"2026-01-01T00:00:00Z"}]');
  assert.deepEqual(
    [answer.direction, answer.type, answer.action, answer.latencyMs, answer.error],
    ["in", "result", "Heartbeat", 25.13, null],
  );
  bench.in('[2,"8","Reset",{"type":"Soft"}]');
  const refusal = bench.out('[4,"8","NotSupported","",{}]');
  assert.deepEqual([refusal.action, refusal.latencyMs, refusal.error], [
    "Reset",
    0,
    "NotSupported",
  ]);
  assert.deepEqual(bench.results, ["out Heartbeat result 1", "in Reset error 1"]);
});

Deno.test("an answer to nothing, twice, of another station or from the asker, has no action", () => {
  const bench = new Bench();
  bench.out('[2,"7","Heartbeat",{}]');
  assert.equal(bench.out('[3,"7",{}]').action, null, "nobody answers oneself");
  assert.equal(bench.in('[3,"7",{}]', "CP2").action, null);
  assert.equal(bench.in('[3,"7",{}]').action, "Heartbeat");
  assert.equal(bench.in('[3,"7",{}]').action, null);
  assert.deepEqual(bench.results, ["out Heartbeat result 1"]);
});

Deno.test("the two directions may use the same id at once (1.6-J §4.1.1)", () => {
  const bench = new Bench();
  bench.out('[2,"1","Heartbeat",{}]');
  bench.in('[2,"1","ClearCache",{}]');
  assert.equal(bench.out('[3,"1",{}]').action, "ClearCache");
  assert.equal(bench.in('[3,"1",{}]').action, "Heartbeat");
});

Deno.test("a lost connection leaves calls unanswered, and an answer on the next one is nobody's", () => {
  const bench = new Bench();
  bench.out('[2,"7","Heartbeat",{}]');
  bench.out('[2,"7","Heartbeat",{}]', "CP2");
  bench.lose();
  assert.equal(bench.in('[3,"7",{}]').action, null);
  assert.equal(bench.in('[3,"7",{}]', "CP2").action, "Heartbeat");
  assert.deepEqual(bench.results, ["out Heartbeat result 1", "out Heartbeat unanswered 1"]);
});

Deno.test("calls that nobody answers are remembered in bounds", () => {
  const bench = new Bench();
  for (let id = 0; id < 1000; id++) bench.out(`[2,"${id}","Heartbeat",{}]`);
  assert.deepEqual(bench.results, ["out Heartbeat unanswered 992"]);
  assert.equal(bench.in('[3,"991",{}]').action, null);
  assert.equal(bench.in('[3,"992",{}]').action, "Heartbeat");
});

Deno.test("a SEND and a CALLRESULTERROR wait for nothing (2.1 part 4 §4.2)", () => {
  const bench = new Bench();
  assert.equal(bench.out('[6,"7","NotifyPeriodicEventStream",{}]').type, "send");
  assert.equal(bench.in('[5,"7","FormatViolation","",{}]').error, "FormatViolation");
  assert.deepEqual(bench.results, []);
});

Deno.test("garbage is written as it came", () => {
  const bench = new Bench();
  const { type, text, error, bytes } = bench.in("ß?");
  assert.deepEqual([type, text, bytes], ["garbage", "ß?", 3]);
  assert.match(error!, /^it is not JSON/);
});

Deno.test("a password that the CSMS sets is not written, whole or cut off (whitepaper §4)", () => {
  const bench = new Bench();
  const text = '[2,"7","ChangeConfiguration",{"key":"AuthorizationKey","value":"00FF"}]';
  assert.doesNotMatch(bench.in(text).text, /00FF/);
  assert.equal(bench.written.at(-1)!.bytes, text.length);
  assert.doesNotMatch(bench.in(text.slice(0, -2)).text, /00FF/);
});

Deno.test("frames and bytes are counted by direction and type", () => {
  const bench = new Bench();
  bench.out('[2,"7","Heartbeat",{}]');
  bench.in('[3,"7",{}]', "CP1");
  bench.in("x", "CP2");
  const { frames, bytes } = bench.recorder.traffic;
  assert.equal(frames.out.call, 1);
  assert.deepEqual([frames.in.result, frames.in.garbage, frames.in.call], [1, 1, 0]);
  assert.deepEqual(bytes, { in: 11, out: 22 });
});

Deno.test("dials, connections and the causes of redials are counted", () => {
  const { changes, recorder } = new Bench();
  const cause = { kind: "refused", message: "no" } as const;
  const move = (to: StateChange["to"]) =>
    changes.publish({ stationId: "CP1", at: 0, from: { name: "disconnected" }, to, ended: null });
  move({ name: "connecting" });
  move({ name: "reconnecting", cause, retryAt: 0 });
  move({ name: "connecting" });
  move({ name: "connected", since: 0, subprotocol: "ocpp1.6" });
  const { dials, opened, reconnects } = recorder.traffic;
  assert.deepEqual([dials, opened, [...reconnects]], [2, 1, [["refused", 1]]]);
});

Deno.test("actions that no version has are counted as one", () => {
  const bench = new Bench();
  for (const action of ["Nonsense", "__proto__", "other", "Heartbeat"]) {
    bench.out(`[2,"7","${action}",{}]`);
    bench.in('[3,"7",{}]');
  }
  assert.deepEqual(bench.results, ["out other result 3", "out Heartbeat result 1"]);
});

Deno.test("the known actions are those of all versions", async () => {
  const versions = await Promise.all((["1.6", "2.0.1", "2.1"] as const).map(loadVersion));
  const all = new Set(versions.flatMap(({ actions }) => [...actions.keys()]));
  assert.deepEqual([...ACTION_NAMES].sort(), [...all].sort());
});

function rethrow(thrown: unknown): never {
  throw thrown;
}
