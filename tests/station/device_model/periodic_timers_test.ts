import assert from "node:assert/strict";
import { VirtualClock } from "../../../src/clock/mod.ts";
import type { Monitor } from "../../../src/station/device_model/monitor.ts";
import { PeriodicTimers } from "../../../src/station/device_model/periodic_timers.ts";
import type { StreamWanted } from "../../../src/station/streams/streams.ts";

function monitor(given: Partial<Monitor> = {}): Monitor {
  return {
    id: 1000,
    kind: "CustomMonitor",
    address: {
      component: "EVSE",
      evseId: 1,
      connectorId: null,
      variable: "Power",
      instance: null,
    },
    type: "Periodic",
    value: 60,
    severity: 4,
    transaction: false,
    stream: null,
    ...given,
  };
}

/** @param earlyMs by how much timers ring before the wall clock says so */
function setUp(earlyMs = 0) {
  const clock = new VirtualClock();
  const rang: [number, number][] = [];
  const opened: StreamWanted[] = [];
  const closed: number[] = [];
  const host = {
    clock,
    now: () => clock.now() - earlyMs,
    services: {
      facilities: {
        streams: {
          open(wanted: StreamWanted) {
            opened.push(wanted);
            return Promise.resolve(true);
          },
          closeOf: (id: number) => void closed.push(id),
        },
      },
    },
  };
  const timers = new PeriodicTimers(
    host,
    ({ id }) => rang.push([id, clock.monotonic() / 1000]),
    ({ id }) => `value of ${id}`,
  );
  return { clock, timers, rang, opened, closed };
}

Deno.test("N08: each periodic monitor has its interval, and none for the others", async () => {
  const { clock, timers, rang } = setUp();
  timers.sync([monitor(), monitor({ id: 1001, value: 100 }), monitor({ id: 1002, type: "Delta" })]);
  assert.equal(clock.pending, 2);
  await clock.advance(180_000);
  assert.deepEqual(rang, [[1000, 60], [1001, 100], [1000, 120], [1000, 180]]);
  timers.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("N08: a monitor that is replaced begins anew, the others go on", async () => {
  const { clock, timers, rang } = setUp();
  const [one, other] = [monitor(), monitor({ id: 1001 })];
  timers.sync([one, other]);
  await clock.advance(30_000);
  timers.sync([monitor({ value: 45 }), other]);
  await clock.advance(50_000);
  assert.deepEqual(rang, [[1001, 60], [1000, 75]]);
  timers.stop();
});

Deno.test("N08: a clock-aligned monitor does not meet a mark twice when its timer is early", async () => {
  const { clock, timers, rang } = setUp(20);
  timers.sync([monitor({ type: "PeriodicClockAligned", value: 900 })]);
  await clock.advance(3_600_100);
  assert.deepEqual(rang.map(([, at]) => Math.round(at)), [900, 1800, 2700, 3600]);
  timers.stop();
});

Deno.test("2.1, N11: a stream takes the place of the timer", () => {
  const { clock, timers, opened, closed } = setUp();
  const rate = { intervalS: 30, values: 10 };
  const streamed = monitor({ stream: rate });
  timers.sync([streamed]);
  timers.sync([streamed]);
  assert.equal(clock.pending, 0);
  const [wanted, ...more] = opened;
  assert.deepEqual(more, []);
  assert.deepEqual([wanted?.monitorId, wanted?.rate, wanted?.periodS], [1000, rate, 60]);
  assert.equal(wanted?.read(), "value of 1000");
  assert.deepEqual(closed, []);
  timers.sync([]);
  assert.deepEqual(closed, [1000]);
});
