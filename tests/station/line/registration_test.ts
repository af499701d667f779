import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import { Registration, type RegistrationState } from "../../../src/station/line/registration.ts";
import type { BootAnswer, BootReason, Said } from "../../../src/station/spoken.ts";

type Status = BootAnswer["status"];

/** A registration whose boots a test answers, on a clock that starts at 0. */
function setUp() {
  const clock = new VirtualClock(0);
  const sink = memorySink();
  const boots: BootReason[] = [];
  const answers: ((said: Said<BootAnswer>) => void)[] = [];
  const beats: number[] = [];
  const times: number[] = [];
  const changes: (readonly [from: RegistrationState, retryAt: number | null])[] = [];
  const accepted: number[] = [];
  const csms = {
    heartbeatMs: 60_000,
    beat: (): Promise<Said<number | null>> => Promise.resolve({ kind: "unsaid" }),
  };
  /** What becomes of the boot that waits longest. */
  async function said(outcome: Said<BootAnswer>): Promise<void> {
    answers.shift()?.(outcome);
    await clock.settle();
  }
  return {
    csms,
    said,
    clock,
    boots,
    beats,
    times,
    changes,
    accepted,
    lines: sink.lines,
    registration: new Registration({
      clock,
      log: createLog({ level: "debug", format: "json", sink, clock }),
      retryMs: 30_000,
      boot: (reason) => {
        boots.push(reason);
        return new Promise((resolve) => answers.push(resolve));
      },
      heartbeat: () => {
        beats.push(clock.monotonic());
        return csms.beat();
      },
      heartbeatMs: () => csms.heartbeatMs,
      heardTime: (time) => times.push(time),
      changed: (from, retryAt) => changes.push([from, retryAt]),
      settled: () => {},
      accepted: (seconds) => accepted.push(seconds),
    }),
    answer: (status: Status, intervalSeconds: number, currentTime: number | null = null) =>
      said(answered(status, intervalSeconds, currentTime)),
  };
}

function answered(
  status: Status,
  intervalSeconds: number,
  currentTime: number | null,
): Said<BootAnswer> {
  const answer = { status, intervalSeconds, currentTime };
  return { kind: "answered", action: "BootNotification", payload: {}, answer };
}

/** One that is accepted. */
async function accepted() {
  const bench = setUp();
  bench.registration.start();
  await bench.answer("Accepted", 60);
  return bench;
}

Deno.test("1.6 §4.2: a station boots as soon as there is a connection, and beats once it is accepted", async () => {
  const { registration, clock, boots, beats, changes, accepted, answer } = setUp();
  await clock.advance(1_000_000);
  assert.deepEqual(boots, []);
  registration.start();
  assert.deepEqual(boots, ["PowerUp"]);
  assert.equal(registration.state, "unknown");
  await clock.advance(5_000);
  await answer("Accepted", 300);
  assert.equal(registration.state, "accepted");
  assert.deepEqual(accepted, [300]);
  assert.deepEqual(changes, [["unknown", null]]);
  await clock.advance(59_999);
  assert.deepEqual(beats, []);
  await clock.advance(120_001);
  assert.deepEqual(beats, [1_065_000, 1_125_000, 1_185_000]);
  registration.stop();
  await clock.settle();
  assert.equal(clock.pending, 0, "nothing of the connection is left");
});

Deno.test("1.6 §4.2, B02, B03: Pending and Rejected are asked again after the interval, not before", async () => {
  const { registration, clock, boots, changes, beats, answer } = setUp();
  registration.start();
  await answer("Pending", 10);
  assert.equal(registration.state, "pending");
  await clock.advance(9_999);
  assert.equal(boots.length, 1);
  await clock.advance(1);
  assert.equal(boots.length, 2);
  await answer("Rejected", 20);
  await clock.advance(20_000);
  assert.equal(boots.length, 3);
  await answer("Accepted", 60);
  assert.deepEqual(changes, [["unknown", 10_000], ["pending", 30_000], ["rejected", null]]);
  assert.deepEqual(beats, []);
  registration.stop();
});

Deno.test("1.6 §4.2: the interval of a Rejected boot holds on a new connection too", async () => {
  for (const status of ["Pending", "Rejected"] as const) {
    const { registration, clock, boots, answer } = setUp();
    registration.start();
    await answer(status, 100);
    registration.stop();
    await clock.advance(40_000);
    registration.start();
    await clock.advance(59_999);
    assert.equal(boots.length, 1, status);
    await clock.advance(1);
    assert.equal(boots.length, 2, status);
    registration.stop();
  }
});

Deno.test("1.6 §4.2: a Rejected station whose interval passed while it was away boots at once", async () => {
  const { registration, clock, boots, answer } = setUp();
  registration.start();
  await answer("Rejected", 100);
  registration.stop();
  await clock.advance(100_000);
  registration.start();
  assert.equal(boots.length, 2);
  registration.stop();
});

Deno.test("1.6 §4.2, B01.FR.06: interval 0 leaves the wait to the station", async () => {
  const { registration, clock, boots, answer } = setUp();
  registration.start();
  await answer("Pending", 0);
  await clock.advance(29_999);
  assert.equal(boots.length, 1);
  await clock.advance(1);
  assert.equal(boots.length, 2);
  registration.stop();
});

Deno.test("no CSMS is asked more often than once a second, whatever it wants", async () => {
  const { registration, clock, boots, answer } = setUp();
  registration.start();
  await answer("Pending", 0.01);
  await clock.advance(999);
  assert.equal(boots.length, 1);
  await clock.advance(1);
  assert.equal(boots.length, 2);
  registration.stop();
  const bench = await accepted();
  bench.csms.heartbeatMs = 0;
  bench.registration.wake();
  await bench.clock.advance(2_000);
  assert.deepEqual(bench.beats, [1_000, 2_000]);
  bench.registration.stop();
});

Deno.test("1.6-J §5.4, B04: a mere reconnect boots nothing again, and the beat goes on", async () => {
  const { registration, clock, boots, beats } = await accepted();
  registration.stop();
  await clock.advance(3_600_000);
  assert.deepEqual(beats, []);
  registration.start();
  await clock.advance(60_000);
  assert.deepEqual(boots, ["PowerUp"]);
  assert.deepEqual(beats, [3_660_000]);
  registration.stop();
});

Deno.test("a boot that was cut off is sent again on the next connection", async () => {
  const { registration, boots, answer, said } = setUp();
  registration.start();
  registration.stop();
  await said({ kind: "offline", message: "gone" });
  registration.start();
  assert.equal(boots.length, 2);
  await answer("Accepted", 30);
  assert(registration.isAccepted);
  registration.stop();
});

Deno.test("a boot that fails is sent again after our own wait, and the log says why", async () => {
  const error = { kind: "error", action: "BootNotification", details: {} } as const;
  const failures: readonly (readonly [Said<BootAnswer>, string])[] = [
    [{ kind: "timeout", message: "No answer within 30 s" }, "No answer within 30 s"],
    [{ ...error, code: "InternalError", description: "disk" }, "InternalError disk"],
    [{ kind: "invalid", message: "currentTime is missing" }, "currentTime is missing"],
    [{ kind: "unsaid" }, "this OCPP version has no words for it"],
  ];
  for (const [failure, why] of failures) {
    const { registration, clock, boots, lines, said } = setUp();
    registration.start();
    await said(failure);
    await clock.advance(29_999);
    assert.equal(boots.length, 1);
    await clock.advance(1);
    assert.equal(boots.length, 2);
    assert(lines.some((line) => line.includes(why)), lines.join("\n"));
    registration.stop();
  }
});

Deno.test("a boot that a busy socket did not take is tried again soon", async () => {
  const { registration, clock, boots, said } = setUp();
  registration.start();
  await said({ kind: "offline", message: "the connection takes no more" });
  await clock.advance(1_000);
  assert.equal(boots.length, 2);
  registration.stop();
});

Deno.test("heartbeats go on after a timeout and after a CALLERROR, and the log has both", async () => {
  const bench = await accepted();
  bench.csms.beat = () => Promise.resolve({ kind: "timeout", message: "No answer" });
  await bench.clock.advance(60_000);
  bench.csms.beat = () =>
    Promise.resolve({
      kind: "error",
      action: "Heartbeat",
      code: "GenericError",
      description: "",
      details: {},
    });
  await bench.clock.advance(60_000);
  await bench.clock.advance(60_000);
  assert.equal(bench.beats.length, 3);
  assert(bench.lines.some((line) => line.includes("did not answer a Heartbeat")));
  assert(bench.lines.some((line) => line.includes("GenericError")));
  bench.registration.stop();
});

Deno.test("1.6 §4.2, §4.6: the time that the CSMS tells is heard of, from boots and heartbeats", async () => {
  const bench = setUp();
  bench.registration.start();
  await bench.answer("Pending", 10, 111);
  await bench.clock.advance(10_000);
  await bench.answer("Accepted", 60, 222);
  bench.csms.beat = () =>
    Promise.resolve({ kind: "answered", action: "Heartbeat", payload: {}, answer: 333 });
  await bench.clock.advance(60_000);
  bench.csms.beat = () =>
    Promise.resolve({ kind: "answered", action: "Heartbeat", payload: {}, answer: null });
  await bench.clock.advance(60_000);
  assert.deepEqual(bench.times, [111, 222, 333]);
  bench.registration.stop();
});

Deno.test("1.6 §9.1.11: a new heartbeat interval counts from now, not after the old one", async () => {
  const bench = await accepted();
  await bench.clock.advance(30_000);
  bench.csms.heartbeatMs = 10_000;
  bench.registration.wake();
  await bench.clock.advance(20_000);
  assert.deepEqual(bench.beats, [40_000, 50_000]);
  bench.registration.stop();
});

Deno.test("1.6 §4.2: a new heartbeat interval makes no Pending station boot early", async () => {
  const { registration, clock, boots, answer } = setUp();
  registration.start();
  await answer("Pending", 100);
  await clock.advance(60_000);
  registration.wake();
  await clock.advance(39_999);
  assert.equal(boots.length, 1);
  await clock.advance(1);
  assert.equal(boots.length, 2);
  registration.stop();
});

Deno.test("1.6 §5.17, F06: a triggered boot that is accepted ends the waiting", async () => {
  const { registration, clock, boots, beats, answer } = setUp();
  registration.start();
  await answer("Rejected", 600);
  void registration.boot("Triggered");
  await answer("Accepted", 60);
  assert.deepEqual(boots, ["PowerUp", "Triggered"]);
  await clock.advance(60_000);
  assert.equal(beats.length, 1);
  await clock.advance(540_000);
  assert.equal(boots.length, 2, "the boot that was planned is not needed any more");
  registration.stop();
});

Deno.test("1.6 §4.2: the answer to a triggered boot names the next wait", async () => {
  const { registration, clock, boots, answer } = setUp();
  registration.start();
  await answer("Rejected", 600);
  void registration.boot("Triggered");
  await answer("Pending", 10);
  await clock.advance(10_000);
  assert.equal(boots.length, 3);
  registration.stop();
});

Deno.test("an accepted station whose triggered boot is rejected stops beating and boots again", async () => {
  const { registration, clock, boots, beats, changes, answer } = await accepted();
  void registration.boot("Triggered");
  await answer("Rejected", 100);
  assert.equal(registration.state, "rejected");
  assert.deepEqual(changes.at(-1), ["accepted", 100_000]);
  await clock.advance(99_999);
  assert.deepEqual([beats.length, boots.length], [0, 2]);
  await clock.advance(1);
  assert.equal(boots.length, 3);
  await answer("Accepted", 60);
  await clock.advance(60_000);
  assert.equal(beats.length, 1);
  registration.stop();
});

Deno.test("a station that goes down forgets that it was accepted, and says why it boots", async () => {
  const { registration, boots, changes, answer } = await accepted();
  registration.forget("RemoteReset");
  assert.equal(registration.state, "unknown");
  registration.start();
  await answer("Accepted", 60);
  assert.deepEqual(boots, ["PowerUp", "RemoteReset"]);
  assert.deepEqual(changes.map(([from]) => from), ["unknown", "accepted", "unknown"]);
  registration.stop();
});

Deno.test("a station that was told to wait boots at once after a reset", async () => {
  const { registration, boots, answer } = setUp();
  registration.start();
  await answer("Rejected", 100);
  registration.forget("RemoteReset");
  registration.start();
  assert.deepEqual(boots, ["PowerUp", "RemoteReset"]);
  registration.stop();
});

Deno.test("an answer that comes after the station went down accepts nobody", async () => {
  const { registration, accepted, answer } = setUp();
  registration.start();
  registration.forget("RemoteReset");
  await answer("Accepted", 60);
  assert.equal(registration.state, "unknown");
  assert.deepEqual(accepted, []);
});

Deno.test("two connections in a row have one beat", async () => {
  const { registration, clock, beats } = await accepted();
  registration.start();
  registration.start();
  await clock.advance(60_000);
  assert.equal(beats.length, 1);
  registration.stop();
});
