import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import {
  exponentialBackOff,
  type Loss,
  ocppBackOff,
  type RetryPolicy,
} from "../../src/connection/retry.ts";

const lost = { kind: "lost", message: "" } as const;
const EXACT = { baseMs: 5_000, maxMs: 60_000, jitter: 0, maxAttempts: 0, random: () => 0.5 };

function loss(part: Partial<Loss> = {}): Loss {
  return { redial: 1, failures: 0, previousMs: 0, cause: lost, ...part };
}

function busy(retryAfterMs: number): Loss["cause"] {
  return { kind: "http", status: 503, message: "", retryAfterMs };
}

/** The waits of a run in which nothing ever succeeds. */
function waits(policy: RetryPolicy, count: number): number[] {
  const all: number[] = [];
  for (let redial = 1; redial <= count; redial++) {
    const previousMs = all.at(-1) ?? 0;
    const ms = policy.nextDelay(loss({ redial, failures: redial, previousMs }));
    assert(ms !== null);
    all.push(ms);
  }
  return all;
}

Deno.test("the exponential ladder doubles up to its cap and stays there for a year", () => {
  const policy = exponentialBackOff(EXACT);
  assert.deepEqual(waits(policy, 6), [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  assert.equal(policy.nextDelay(loss({ redial: 500_000 })), 60_000);
});

Deno.test("jitter takes away at most its share, and never adds", () => {
  const random = seededRandom(1);
  const policy = exponentialBackOff({ ...EXACT, jitter: 0.2, random });
  const seen = Array.from({ length: 1_000 }, () => policy.nextDelay(loss({ redial: 2 }))!);
  assert(Math.max(...seen) <= 10_000 && Math.max(...seen) > 9_900);
  assert(Math.min(...seen) >= 8_000 && Math.min(...seen) < 8_100);
});

Deno.test("it gives up at the limit of failed dials in a row, and 0 never does", () => {
  const policy = exponentialBackOff({ ...EXACT, maxAttempts: 3 });
  assert.notEqual(policy.nextDelay(loss({ failures: 2 })), null);
  assert.equal(policy.nextDelay(loss({ failures: 3 })), null);
  assert.notEqual(exponentialBackOff(EXACT).nextDelay(loss({ failures: 1_000_000 })), null);
});

Deno.test("Retry-After counts when it is longer than the ladder, up to 10 minutes", () => {
  const policy = exponentialBackOff(EXACT);
  assert.equal(policy.nextDelay(loss({ cause: busy(1_000) })), 5_000);
  assert.equal(policy.nextDelay(loss({ cause: busy(90_000) })), 90_000);
  assert.equal(policy.nextDelay(loss({ cause: busy(86_400_000) })), 600_000);
});

const OCPP = { waitMinimumMs: 10_000, randomRangeMs: 5_000, repeatTimes: 3 };

Deno.test("2.x: minimum plus chance, then the wait before doubled plus new chance (part 4 5.3)", () => {
  const chance = [0.2, 0.4, 0.6, 0.8, 0.9];
  const policy = ocppBackOff({ ...OCPP, random: () => chance.shift()! });
  assert.deepEqual(waits(policy, 4), [
    10_000 + 1_000,
    2 * 11_000 + 2_000,
    2 * 24_000 + 3_000,
    2 * 51_000 + 4_000,
  ]);
});

Deno.test("2.x: after its doublings the wait stays as it is for ever, without new chance", () => {
  const policy = ocppBackOff({ ...OCPP, random: seededRandom(3) });
  const all = waits(policy, 50);
  assert(all[3]! > all[2]!);
  assert.deepEqual(new Set(all.slice(3)).size, 1);
});

Deno.test("2.x: no doubling at all with repeat times 0", () => {
  const policy = ocppBackOff({ ...OCPP, repeatTimes: 0, random: () => 0.5 });
  assert.deepEqual(waits(policy, 3), [12_500, 12_500, 12_500]);
});

Deno.test("2.x: a success starts it over", () => {
  const policy = ocppBackOff({ ...OCPP, random: () => 0 });
  assert.equal(policy.nextDelay(loss({ redial: 1, previousMs: 0 })), 10_000);
});

Deno.test("2.x: Retry-After is obeyed once and does not push the waits after it beyond the ladder", () => {
  const policy = ocppBackOff({ ...OCPP, random: () => 0.999 });
  const longest = waits(policy, 10).at(-1)!;
  for (const stretched of [1, 3, 7]) {
    let previousMs = policy.nextDelay(loss({ redial: stretched, cause: busy(600_000) }))!;
    assert.equal(previousMs, 600_000);
    for (let redial = stretched + 1; redial < 12; redial++) {
      previousMs = policy.nextDelay(loss({ redial, previousMs }))!;
      assert(previousMs <= longest * 1.2, `redial ${redial} waits ${previousMs}, not ${longest}`);
    }
  }
});
