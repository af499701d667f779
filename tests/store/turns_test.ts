import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { Turns } from "../../src/store/turns.ts";

/** A clock on which work takes time. */
class WorkingClock extends VirtualClock {
  worked = 0;

  override monotonic(): number {
    return super.monotonic() + this.worked;
  }
}

Deno.test("a turn comes when it is due, earlier when somebody asks, and not after the stop", async () => {
  const clock = new VirtualClock();
  const at: number[] = [];
  const turns = new Turns(clock, () => {
    at.push(clock.monotonic());
    return 1_000;
  });
  turns.wake(500);
  turns.wake(800);
  await clock.advance(1_600);
  turns.wake(10);
  await clock.advance(100);
  assert.deepEqual(at, [500, 1_500, 1_610]);
  turns.stop();
  turns.wake(0);
  assert.equal(clock.pending, 0);
});

Deno.test("after a turn it rests four times as long as it has worked, whoever asks", async () => {
  const clock = new WorkingClock();
  let turned = 0;
  const turns = new Turns(clock, () => {
    turned++;
    clock.worked += 20;
    return 60_000;
  });
  turns.wake(0);
  await clock.advance(0);
  turns.wake(0);
  assert.deepEqual([turned, clock.untilNext], [1, 80]);
  turns.stop();
});
