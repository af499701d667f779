import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { type StreamData, Streams } from "../../../src/station/streams/streams.ts";

function setUp() {
  const clock = new VirtualClock();
  const state = { wanted: true, online: true, value: 0 as number | null };
  const sent: StreamData[] = [];
  const closed: number[] = [];
  const streams = new Streams({
    now: () => clock.now(),
    open: () => Promise.resolve(state.wanted),
    close: (id) => closed.push(id),
    send(data) {
      if (state.online) sent.push(data);
      return state.online;
    },
  }, clock);
  function open(intervalS: number | null, values: number | null, monitorId = 7) {
    return streams.open({
      monitorId,
      rate: { intervalS, values },
      periodS: 1,
      read: () => state.value === null ? null : `${state.value++}`,
    });
  }
  return { clock, streams, state, sent, closed, open };
}

function values(sent: readonly StreamData[]): string[] {
  return sent.map((data) => data.values.map(({ value }) => value).join(" "));
}

Deno.test("N11: a stream that the CSMS does not want is none", async () => {
  const { clock, streams, state, open } = setUp();
  state.wanted = false;
  assert.equal(await open(null, 3), false);
  assert.deepEqual(streams.all, []);
  assert.equal(clock.pending, 0);
});

Deno.test("N15: values are sent together by their number", async () => {
  const { clock, streams, sent, open } = setUp();
  assert(await open(null, 3));
  await clock.advance(7000);
  assert.deepEqual(values(sent), ["0 1 2", "3 4 5"]);
  assert.deepEqual(sent.map(({ pending }) => pending), [0, 0]);
  streams.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("N15: values are sent after a time, with as many as there are", async () => {
  const { clock, streams, sent, state, open } = setUp();
  await open(2, null);
  await clock.advance(4000);
  assert.deepEqual(values(sent), ["0 1", "2 3"]);
  state.value = null;
  await clock.advance(4000);
  assert.equal(sent.length, 2, "nothing could be read");
  streams.stop();
});

Deno.test("N15: what cannot be sent waits, and goes in messages that do not grow", async () => {
  const { clock, streams, sent, state, open } = setUp();
  await open(null, 1);
  state.online = false;
  await clock.advance(249_000);
  state.online = true;
  await clock.advance(1000);
  assert.deepEqual(sent.map((data) => [data.values.length, data.pending]), [
    [100, 150],
    [100, 50],
    [50, 0],
  ]);
  streams.stop();
});

Deno.test("N15: beyond a thousand the oldest values go", async () => {
  const { clock, streams, sent, state, open } = setUp();
  await open(null, 1);
  state.online = false;
  await clock.advance(1_049_000);
  state.online = true;
  await clock.advance(1000);
  assert.equal(sent[0]?.values[0]?.value, "50");
  assert.equal(sent.reduce((sum, data) => sum + data.values.length, 0), 1000);
  streams.stop();
});

Deno.test("N12, N14: a stream is listed with its rate, which changes at once", async () => {
  const { clock, streams, sent, open } = setUp();
  await open(null, 100);
  assert.deepEqual(streams.all, [{ id: 1, monitorId: 7, intervalS: null, values: 100 }]);
  await clock.advance(2000);
  assert(streams.adjust(1, { intervalS: null, values: 2 }));
  assert(!streams.adjust(9, { intervalS: null, values: 2 }));
  await clock.advance(1000);
  assert.deepEqual(values(sent), ["0 1 2"]);
  streams.stop();
});

Deno.test("N13: a stream ends with its monitor, and one in its place ends it too", async () => {
  const { clock, streams, closed, open } = setUp();
  await open(null, 1);
  await open(null, 2);
  assert.deepEqual(closed, [1]);
  streams.closeOf(8);
  assert.equal(streams.all.length, 1);
  streams.closeOf(7);
  assert.deepEqual(closed, [1, 2]);
  assert.equal(clock.pending, 0);
});

Deno.test("N13: a monitor that goes while the CSMS is asked leaves no stream behind", async () => {
  const { clock, streams, closed, open } = setUp();
  const first = open(null, 1);
  const second = open(null, 2);
  assert.deepEqual([await first, await second], [false, true]);
  assert.deepEqual(closed, [1]);
  const third = open(null, 1, 9);
  streams.closeOf(9);
  assert.equal(await third, false);
  assert.deepEqual(closed, [1, 3]);
  streams.stop();
  assert.equal(clock.pending, 0);
});
