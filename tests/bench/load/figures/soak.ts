import type { Bench } from "../bench.ts";
import { spread } from "../statistics.ts";
import { startProgram } from "../subject.ts";
import { Tally } from "../tallies.ts";
import { rest } from "../until.ts";
import { type Usage, usage } from "../usage.ts";

/** What a flat line may rise: the garbage that V8 has not looked at yet. */
const MOST_GROWTH_PERCENT = 10;

/** Files that a database or the runtime may have open at one moment and not at another. */
const MOST_NEW_FILES = 5;

const TICK_MS = 500;

/** Months in minutes: connections are cut off and come back all the time, and nothing may pile up. */
export async function measureSoak(bench: Bench): Promise<void> {
  const { size, everyMs, ms } = bench.plan.soak;
  if (ms === 0) return;
  bench.progress(`a soak of ${ms / 1_000} s with ${size} stations`);
  const options = { size, backoff: "500ms", heartbeatSeconds: 5 };
  await using subject = await startProgram(bench, options);
  const { child, csms } = subject;
  const samples: Usage[] = [];
  for (let elapsed = 0; elapsed < ms; elapsed += TICK_MS) {
    await csms.closeOldest(Math.ceil(size * TICK_MS / everyMs));
    await rest(TICK_MS);
    samples.push(usage(child.pid));
  }
  const { opened } = await csms.connected(size);
  await rest(bench.plan.restMs);
  const resident = samples.map(({ residentBytes }) => residentBytes / 2 ** 20);
  const third = Math.floor(samples.length / 3);
  const [middle, last] = [resident.slice(third, -third || undefined), resident.slice(-third)]
    .map((values) => spread(values).median);
  const name = `soak, ${size.toLocaleString("en")} stations`;
  report(bench, `${name}, reconnects in ${ms / 1_000} s`, "", opened - size);
  report(bench, `${name}, resident in the last third`, "MiB", last!);
  const growth = (last! - middle!) / middle! * 100;
  report(bench, `${name}, growth since the middle third`, "%", growth, MOST_GROWTH_PERCENT);
  const files = usage(child.pid).files - subject.usage.files;
  report(bench, `${name}, files open that were not before`, "", files, MOST_NEW_FILES);
}

function report(bench: Bench, name: string, unit: string, value: number, most?: number): void {
  const tally = new Tally();
  tally.add("ocpp-emu", value);
  tally.report(bench, name, unit, most === undefined ? undefined : { most });
}
