import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import {
  type CallFrame,
  type CallOutcome,
  type CallPorts,
  type CallProblem,
  Calls,
  IncomingCalls,
  parseFrame,
  type SendOutcome,
} from "../../src/ocpp/mod.ts";
import { fakeVersion } from "./fake_version.ts";

const V16 = fakeVersion("1.6");

/** Calls on a virtual clock and a wire that a test reads and breaks. */
class Bench {
  readonly clock = new VirtualClock();
  readonly wire: string[] = [];
  readonly problems: CallProblem[] = [];
  readonly ended: string[] = [];
  timeoutMs = 30_000;
  status: SendOutcome = "sent";
  /** Runs inside `send`. */
  onSend = (_text: string): void => {};
  readonly calls: Calls;
  #ids = 0;

  constructor(gate: "open" | "held" | "offline" = "open", ports: Partial<CallPorts> = {}) {
    this.calls = new Calls({
      send: (text) => {
        if (this.status === "sent" || this.status === "queued") this.wire.push(text);
        const { status } = this;
        this.onSend(text);
        return status;
      },
      clock: this.clock,
      newId: () => `id${++this.#ids}`,
      callTimeoutMs: () => this.timeoutMs,
      report: (problem) => this.problems.push(problem),
      ...ports,
    });
    if (gate !== "offline") this.calls.connected(gate);
  }

  /** Calls and notes the outcome under the action's name. */
  async call(action: string, ...rest: [payload?: object, options?: Parameters<Calls["call"]>[2]]) {
    const outcome = await this.calls.call(action, { ...rest[0] }, rest[1]);
    this.ended.push(`${action} ${outcome.kind}`);
    return outcome;
  }

  receive(text: string): void {
    const read = parseFrame(text, V16);
    assert(read.type !== "call" && read.type !== "send");
    this.calls.received(read);
  }

  /** The actions on the wire, in order. */
  get actions(): string[] {
    return this.wire.map((text) => JSON.parse(text)[2]);
  }

  get problemKinds(): string[] {
    return this.problems.map(({ kind }) => kind);
  }
}

const FIRST = { priority: "first" } as const;

Deno.test("a CALL resolves with the CALLRESULT of its id and how long it took", async () => {
  const bench = new Bench();
  const outcome = bench.call("Heartbeat");
  assert.deepEqual(bench.wire, ['[2,"id1","Heartbeat",{}]']);
  await bench.clock.advance(120);
  bench.receive('[3,"id1",{"currentTime":"now"}]');
  assert.deepEqual(await outcome, {
    kind: "result",
    id: "id1",
    payload: { currentTime: "now" },
    latencyMs: 120,
  });
  bench.calls.disconnected("over");
  assert.equal(bench.clock.pending, 0, "no timer is left");
});

Deno.test("a thousand CALLs one after the other need one timer, and the last still times out", async () => {
  const bench = new Bench();
  for (let n = 1; n <= 1000; n++) {
    bench.call("Heartbeat");
    bench.receive(`[3,"id${n}",{}]`);
  }
  assert.equal(bench.clock.pending, 1);
  await bench.clock.advance(20_000);
  const last = bench.call("Heartbeat");
  await bench.clock.advance(29_999);
  assert.equal(bench.ended.length, 1000);
  await bench.clock.advance(1);
  assert.equal((await last).kind, "timeout");
});

Deno.test("one CALL is outstanding at a time, the others go in their order (part 4 §4.1.1)", async () => {
  const bench = new Bench();
  for (const action of ["A", "B", "C"]) bench.call(action);
  assert.deepEqual([bench.actions, bench.calls.waiting], [["A"], 2]);
  bench.receive('[3,"id1",{}]');
  assert.deepEqual(bench.actions, ["A", "B"]);
  bench.receive('[3,"id2",{}]');
  assert.deepEqual(bench.actions, ["A", "B", "C"]);
  bench.receive('[3,"id3",{}]');
  await bench.clock.settle();
  assert.deepEqual(bench.ended, ["A result", "B result", "C result"]);
});

Deno.test("a CALLERROR is an outcome and does not stall the queue", async () => {
  const bench = new Bench();
  const outcome = bench.call("A");
  bench.call("B");
  bench.receive('[4,"id1","NotSupported","no",{"x":1}]');
  assert.deepEqual(await outcome, {
    kind: "error",
    id: "id1",
    code: "NotSupported",
    description: "no",
    details: { x: 1 },
    latencyMs: 0,
  });
  assert.deepEqual(bench.actions, ["A", "B"]);
});

Deno.test("a CALL without an answer times out and frees the line", async () => {
  const bench = new Bench();
  const outcome = bench.call("A");
  bench.call("B");
  await bench.clock.advance(29_999);
  assert.deepEqual(bench.actions, ["A"]);
  await bench.clock.advance(1);
  assert.deepEqual(await outcome, {
    kind: "timeout",
    id: "id1",
    message: "No answer to A within 30000 ms",
  });
  assert.deepEqual(bench.actions, ["A", "B"]);
});

Deno.test("the timeout is asked for as each CALL is sent, or given with it", async () => {
  const bench = new Bench();
  bench.call("A");
  bench.call("B");
  bench.call("C", {}, { timeoutMs: 10 });
  bench.timeoutMs = 500;
  await bench.clock.advance(30_000);
  assert.equal(bench.clock.untilNext, 500);
  await bench.clock.advance(500);
  assert.equal(bench.clock.untilNext, 10);
  await bench.clock.advance(10);
  assert.deepEqual(bench.ended, ["A timeout", "B timeout", "C timeout"]);
});

Deno.test("late, double and unknown answers are reported and change nothing", async () => {
  const bench = new Bench();
  bench.call("A");
  await bench.clock.advance(30_000);
  bench.call("B");
  bench.receive('[3,"id1",{}]');
  bench.receive('[3,"nobody",{}]');
  assert.deepEqual(bench.ended, ["A timeout"]);
  bench.receive('[3,"id2",{}]');
  bench.receive('[4,"id2","GenericError","",{}]');
  await bench.clock.settle();
  assert.deepEqual(bench.ended, ["A timeout", "B result"]);
  assert.deepEqual(bench.problemKinds, ["late-answer", "unknown-answer", "duplicate-answer"]);
  assert.deepEqual(bench.problems.map(({ message }) => message), [
    'CALLRESULT "id1" came after the A had timed out',
    'CALLRESULT "nobody" answers no CALL that is waiting for an answer',
    'CALLERROR "id2" came after the B had been answered',
  ]);
});

Deno.test("ended CALLs are forgotten, so that a year of them costs nothing", () => {
  const bench = new Bench();
  for (let n = 1; n <= 1000; n++) {
    bench.call("A");
    bench.receive(`[3,"id${n}",{}]`);
  }
  bench.receive('[3,"id1",{}]');
  bench.receive('[3,"id1000",{}]');
  assert.deepEqual(bench.problemKinds, ["unknown-answer", "duplicate-answer"]);
});

Deno.test('a CALLERROR with id "-1" says that a frame of ours was unreadable', () => {
  const bench = new Bench();
  bench.call("A");
  bench.receive('[4,"-1","RpcFrameworkError","what?",{}]');
  const [problem] = bench.problems;
  assert.equal(problem?.kind, "unreadable-frame");
  assert.match(problem.message, /RpcFrameworkError "what\?"/);
});

Deno.test("a CALLRESULTERROR is reported, even with the id of an outstanding CALL", () => {
  const bench = new Bench();
  bench.call("A");
  const read = parseFrame('[5,"id1","FormatViolation","bad",{}]', fakeVersion("2.1"));
  assert(read.type === "result-error");
  bench.calls.received(read);
  assert.deepEqual(bench.problemKinds, ["rejected-result"]);
  assert.deepEqual(bench.ended, []);
});

Deno.test("an answer that cannot be read ends its CALL, a sloppy one counts as it is meant", async () => {
  const bench = new Bench();
  const broken = bench.call("A");
  bench.receive('[3,"id1","oops"]');
  const message = 'Cannot read CALLRESULT "id1": its payload must be an object, found "oops"';
  assert.deepEqual(await broken, { kind: "invalid", message });

  const noCode = bench.call("B");
  bench.receive('[4,"id2"]');
  assert.equal((await noCode).kind, "invalid");

  const sloppy = bench.call("C");
  bench.receive('[3,"id3",{"a":1},{}]');
  const outcome = await sloppy;
  assert(outcome.kind === "result" && outcome.payload.a === 1);
});

Deno.test("a fault that spoils no answer to the outstanding CALL changes nothing", async () => {
  const bench = new Bench();
  bench.call("A");
  for (const text of ["garbage", '[2,"id1"]', "[3,7,{}]", '[3,"other","x"]', '[9,"id1"]']) {
    bench.receive(text);
  }
  await bench.clock.settle();
  assert.deepEqual([bench.ended, bench.problems], [[], []]);
});

Deno.test("without a connection a CALL is refused", async () => {
  const bench = new Bench("offline");
  assert.deepEqual(await bench.call("Heartbeat"), {
    kind: "refused",
    reason: "offline",
    message: "Cannot send Heartbeat: there is no connection",
  });
});

Deno.test("a lost connection loses what waits for its turn", async () => {
  const bench = new Bench();
  bench.call("A");
  const lost = bench.call("Heartbeat");
  bench.calls.disconnected("reset by peer");
  assert.deepEqual(await lost, {
    kind: "lost",
    id: "id2",
    message: "Heartbeat was not sent before the connection ended: reset by peer",
  });
  assert.deepEqual([bench.calls.waiting, bench.clock.pending], [0, 0]);
});

Deno.test("a CALL that is not ready keeps its place in the line", async () => {
  const bench = new Bench();
  const disk = Promise.withResolvers<boolean>();
  bench.call("StartTransaction", {}, { ready: disk.promise });
  bench.call("StatusNotification");
  await bench.clock.settle();
  assert.deepEqual(bench.actions, []);
  disk.resolve(true);
  await bench.clock.settle();
  bench.receive('[3,"id1",{}]');
  assert.deepEqual(bench.actions, ["StartTransaction", "StatusNotification"]);
});

Deno.test("a CALL that will never be ready is refused, and the next goes", async () => {
  const bench = new Bench();
  const refused = bench.call("StartTransaction", {}, { ready: Promise.resolve(false) });
  bench.call("StatusNotification");
  assert.deepEqual(await refused, {
    kind: "refused",
    reason: "not-ready",
    message:
      "Cannot send StartTransaction: what must survive a crash cannot be written to the disk",
  });
  assert.deepEqual(bench.actions, ["StatusNotification"]);
});

Deno.test("a CALL whose connection goes before it is ready is lost, and stays so", async () => {
  const bench = new Bench();
  const disk = Promise.withResolvers<boolean>();
  const lost = bench.call("StartTransaction", {}, { ready: disk.promise });
  bench.calls.disconnected("cut");
  assert.equal((await lost).kind, "lost");
  bench.calls.connected();
  disk.resolve(true);
  await bench.clock.settle();
  assert.deepEqual(bench.wire, []);
});

Deno.test("a lost outstanding CALL says so, and its answer on the next connection is late", async () => {
  const bench = new Bench();
  const lost = bench.call("Heartbeat");
  bench.calls.disconnected("no pong");
  const message = "Heartbeat was not answered before the connection ended: no pong";
  assert.deepEqual(await lost, { kind: "lost", id: "id1", message });
  bench.calls.connected();
  bench.receive('[3,"id1",{}]');
  assert.deepEqual(bench.problemKinds, ["late-answer"]);
});

Deno.test("what has priority goes before the rest, in its own order", () => {
  const bench = new Bench();
  for (const action of ["A", "B"]) bench.call(action);
  for (const action of ["Boot", "Boot2"]) bench.call(action, {}, FIRST);
  for (let n = 1; n <= 3; n++) bench.receive(`[3,"${JSON.parse(bench.wire.at(-1)!)[1]}",{}]`);
  assert.deepEqual(bench.actions, ["A", "Boot", "Boot2", "B"]);
});

Deno.test("while held only what has priority goes, and release lets the rest follow (1.6 §4.2)", () => {
  const bench = new Bench("held");
  bench.call("Heartbeat");
  assert.deepEqual(bench.wire, []);
  bench.call("BootNotification", {}, FIRST);
  bench.receive('[3,"id2",{}]');
  assert.deepEqual(bench.actions, ["BootNotification"]);
  bench.calls.release();
  assert.deepEqual(bench.actions, ["BootNotification", "Heartbeat"]);

  bench.calls.disconnected("gone");
  bench.calls.release();
  assert.equal(bench.wire.length, 2, "nothing is sent without a connection");
});

Deno.test("the queue is bounded, but not for what has priority", async () => {
  const bench = new Bench("open", { queueLimit: 2 });
  for (const action of ["A", "B", "C"]) bench.call(action);
  const refused = await bench.call("D");
  assert.deepEqual(refused, {
    kind: "refused",
    reason: "queue-full",
    message: "Cannot send D: too many CALLs wait for their turn",
  });
  bench.call("Boot", {}, FIRST);
  assert.equal(bench.calls.waiting, 3);
});

Deno.test("a full connection refuses a CALL, and the next goes when there is room", async () => {
  const bench = new Bench();
  bench.status = "full";
  const refused = await bench.call("Heartbeat");
  assert(refused.kind === "refused" && refused.reason === "full");
  bench.status = "queued";
  bench.call("Heartbeat");
  assert.deepEqual(bench.actions, ["Heartbeat"]);
});

Deno.test("answers and losses that happen inside send are safe", async () => {
  const bench = new Bench();
  bench.onSend = (text) => bench.receive(`[3,"${JSON.parse(text)[1]}",{}]`);
  bench.call("A");
  bench.call("B");
  await bench.clock.settle();
  assert.deepEqual([bench.ended, bench.clock.pending], [["A result", "B result"], 0]);

  bench.onSend = () => bench.calls.disconnected("died while writing");
  bench.call("C");
  await bench.clock.settle();
  bench.calls.connected();
  bench.call("D");
  await bench.clock.settle();
  assert.deepEqual(bench.ended.slice(2), ["C lost", "D lost"]);
  assert.deepEqual([bench.calls.waiting, bench.clock.pending], [0, 0]);
});

Deno.test("close ends every CALL, and later ones are refused", async () => {
  const bench = new Bench();
  bench.call("A");
  bench.call("B");
  bench.call("C");
  bench.calls.close("station removed");
  bench.calls.connected();
  bench.calls.disconnected("late news");
  await bench.call("D");
  assert.deepEqual(bench.ended, ["A lost", "B lost", "C lost", "D refused"]);
  assert.deepEqual([bench.actions, bench.clock.pending], [["A"], 0]);
});

Deno.test("a payload that JSON cannot carry is an outcome, not a throw", async () => {
  const bench = new Bench();
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const outcome = await bench.calls.call("DataTransfer", cycle);
  assert(outcome.kind === "invalid");
  assert.match(outcome.message, /^Cannot write DataTransfer: /);
  assert.deepEqual(bench.wire, []);
});

Deno.test("an id can be given, for a resend after a timeout", async () => {
  const bench = new Bench();
  const first = bench.call("Tx", { n: 1 });
  await bench.clock.advance(30_000);
  const timedOut = await first;
  assert(timedOut.kind === "timeout");
  const second = bench.call("Tx", { n: 1 }, { id: timedOut.id });
  assert.equal(bench.wire[1], bench.wire[0]);
  bench.receive('[3,"id1",{}]');
  assert.equal((await second).kind, "result");
  assert.deepEqual(bench.problems, []);
});

Deno.test("a SEND goes out beside an outstanding CALL (2.1 part 4 §4.2.5)", () => {
  const bench = new Bench();
  bench.call("A");
  assert.equal(bench.calls.sendUnanswered("NotifyPeriodicEventStream", { id: 1 }), "sent");
  assert.deepEqual(bench.wire[1], '[6,"id2","NotifyPeriodicEventStream",{"id":1}]');
  assert.equal(bench.clock.pending, 1, "only the CALL has a timer");
});

/** Runs CALLs of a CSMS through IncomingCalls; answers are given by hand. */
class Desk {
  readonly wire: string[] = [];
  readonly problems: CallProblem[] = [];
  readonly asked: string[] = [];
  readonly answers: PromiseWithResolvers<string | null>[] = [];
  status: SendOutcome = "sent";
  readonly incoming = new IncomingCalls(V16, {
    answer: (call) => {
      this.asked.push(call.id);
      const answer = Promise.withResolvers<string | null>();
      this.answers.push(answer);
      return answer.promise;
    },
    send: (text) => {
      this.wire.push(text);
      return this.status;
    },
    report: (problem) => this.problems.push(problem),
  });

  receive(id: string): void {
    const call: CallFrame = { type: "call", id, action: "Reset", payload: {} };
    this.incoming.received(call);
  }

  async answer(text: string | null): Promise<void> {
    this.answers.shift()!.resolve(text);
    await new VirtualClock().settle();
  }
}

Deno.test("CALLs that come one at a time are answered without complaint", async () => {
  const desk = new Desk();
  for (const id of ["a", "b"]) {
    desk.receive(id);
    await desk.answer(`answer ${id}`);
  }
  assert.deepEqual(desk.wire, ["answer a", "answer b"]);
  assert.deepEqual(desk.problems, []);
});

Deno.test("a CALL before our answer to the last one is reported, and answered in its turn", async () => {
  const desk = new Desk();
  for (const id of ["a", "b", "c"]) desk.receive(id);
  assert.deepEqual(desk.asked, ["a"]);
  assert.deepEqual(desk.problems.map(({ kind, id }) => [kind, id]), [
    ["overlapping-call", "b"],
    ["overlapping-call", "c"],
  ]);
  assert.match(desk.problems[0]!.message, /^CALL "b" of "Reset" came before "a" was answered/);
  for (const id of ["a", "b", "c"]) await desk.answer(id);
  assert.deepEqual([desk.asked, desk.wire], [["a", "b", "c"], ["a", "b", "c"]]);
});

Deno.test("an answer of null stays unsent and the next CALL has its turn", async () => {
  const desk = new Desk();
  for (const id of ["a", "b"]) desk.receive(id);
  await desk.answer(null);
  await desk.answer("b");
  assert.deepEqual(desk.wire, ["b"]);
});

Deno.test("an answer that fails becomes an InternalError, and the next CALL has its turn", async () => {
  const desk = new Desk();
  for (const id of ["a", "b"]) desk.receive(id);
  desk.answers.shift()!.reject(new Error("no such connector"));
  await new VirtualClock().settle();
  await desk.answer("b");
  assert.deepEqual(desk.wire, ['[4,"a","InternalError","",{}]', "b"]);
  const failed = desk.problems.at(-1);
  assert.equal(failed?.kind, "failed-answer");
  assert.equal(failed.message, 'Cannot answer CALL "a" of "Reset": no such connector');
});

Deno.test("a flood of CALLs is refused beyond a bound", async () => {
  const desk = new Desk();
  for (let n = 0; n <= 101; n++) desk.receive(`n${n}`);
  assert.deepEqual(desk.wire, [
    '[4,"n101","GenericError","100 others wait for their answers",{}]',
  ]);
  assert.equal(desk.problems.at(-1)?.kind, "too-many-calls");
  for (let n = 0; n <= 100; n++) await desk.answer("done");
  assert.equal(desk.wire.length, 102);
});

Deno.test("an answer does not go out over a connection that is gone", async () => {
  const desk = new Desk();
  for (const id of ["a", "b"]) desk.receive(id);
  desk.incoming.close();
  await desk.answer("a");
  desk.receive("c");
  assert.deepEqual([desk.asked, desk.wire], [["a"], []]);
});

Deno.test("an answer that the connection has no room for is reported", async () => {
  const desk = new Desk();
  desk.status = "full";
  desk.receive("a");
  await desk.answer("a");
  assert.deepEqual(desk.problems.map(({ kind }) => kind), ["unsent-answer"]);
});

Deno.test("a random year of traffic keeps one CALL outstanding and ends every CALL once", async () => {
  const bench = new Bench("offline", { queueLimit: 10 });
  let seed = 1;
  const below = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  const outcomes: Promise<CallOutcome>[] = [];
  const unanswered = new Set<string>();
  bench.onSend = (text) => {
    if (bench.status === "sent") unanswered.add(JSON.parse(text)[1]);
  };
  for (let step = 0; step < 5000; step++) {
    const what = below(12);
    const ready = below(4) === 0 ? Promise.resolve(below(4) > 0) : undefined;
    if (what < 5) {
      const priority = below(10) ? undefined : "first";
      outcomes.push(bench.calls.call(`A${step}`, {}, { ready, priority }));
    } else if (what < 8) {
      const [id] = unanswered;
      unanswered.delete(id ?? "");
      bench.receive(below(3) ? `[3,"${id}",{}]` : `[4,"${id}","GenericError"]`);
    } else if (what === 8) bench.calls.connected(below(3) ? "open" : "held");
    else if (what === 9 && below(3) === 0) bench.calls.disconnected("cut");
    else if (what === 10) bench.calls.release();
    else if (what === 11) await bench.clock.advance(below(40_000));
    bench.status = below(20) ? "sent" : "full";
    assert(bench.clock.pending <= 1, "one timer per station");
  }
  bench.calls.close("the end");
  const kinds = new Set((await Promise.all(outcomes)).map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ["error", "lost", "refused", "result", "timeout"]);
  assert.equal(bench.clock.pending, 0);
});
