import assert from "node:assert/strict";
import { seededRandom } from "../../../src/clock/mod.ts";
import { supplyOf } from "../../../src/station/energy/supply.ts";
import { planFault, planVisit } from "../../../src/station/life/plans.ts";
import { namedRandom } from "../../../src/station/life/seed.ts";

const SETTINGS = {
  speed: 1,
  cars: true,
  arrivalMs: 20 * 60_000,
  stayMs: 45 * 60_000,
  idTokens: ["A", "B", "C"],
  seed: 0,
  faultEveryMs: 3_600_000,
  faultDurationMs: 120_000,
};
const AC = supplyOf("Type2", 22_000);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value) / values.length;
}

Deno.test("visits have the means of the settings and every token its turn", () => {
  const random = seededRandom(1);
  const visits = Array.from({ length: 10_000 }, () => planVisit(random, SETTINGS, AC));
  const arrivals = visits.map(({ arrivesAfterMs }) => arrivesAfterMs);
  assert(Math.abs(mean(arrivals) / SETTINGS.arrivalMs - 1) < 0.05);
  assert(Math.min(...arrivals) >= 0 && Math.max(...arrivals) > 4 * SETTINGS.arrivalMs);
  const stays = visits.map(({ staysMs }) => staysMs);
  assert(Math.abs(mean(stays) / SETTINGS.stayMs - 1) < 0.02);
  for (const token of SETTINGS.idTokens) {
    const share = visits.filter(({ idToken }) => idToken === token).length / visits.length;
    assert(Math.abs(share - 1 / 3) < 0.03, `${token} ${share}`);
  }
});

Deno.test("faults have the means of the settings", () => {
  const random = seededRandom(1);
  const faults = Array.from({ length: 10_000 }, () => planFault(random, SETTINGS));
  const waits = faults.map(({ comesAfterMs }) => comesAfterMs);
  assert(Math.abs(mean(waits) / SETTINGS.faultEveryMs - 1) < 0.05);
  const durations = faults.map(({ lastsMs }) => lastsMs);
  assert(Math.abs(mean(durations) / SETTINGS.faultDurationMs - 1) < 0.02);
});

Deno.test("the chances of a fleet are as even as those of one station", () => {
  const firsts = Array.from({ length: 10_000 }, (_, n) => namedRandom(0, `CP${n}/1`)());
  const tenths = new Array<number>(10).fill(0);
  for (const first of firsts) tenths[Math.floor(first * 10)]!++;
  for (const count of tenths) assert(Math.abs(count - 1_000) < 150, `${tenths}`);
});
