import { type Bench, kindsAt } from "../bench.ts";
import type { Kind } from "../figure.ts";
import { startSubject } from "../subject.ts";
import { Tally } from "../tallies.ts";
import { rest } from "../until.ts";
import { usage } from "../usage.ts";

/** What a CALL and its answer cost the whole program, checked, logged and kept, under full load. */
export async function measureRoundTrips(bench: Bench): Promise<void> {
  const { rounds, roundTrips: { sizes, warmUpMs, ms } } = bench.plan;
  for (const size of sizes) {
    const cost = new Tally(), rate = new Tally();
    for (let round = 1; round <= rounds; round++) {
      bench.progress(`round trips with ${size} stations, round ${round} of ${rounds}`);
      for (const kind of kindsAt(bench, size)) {
        const { count, cpuMs } = await flood(bench, kind, { size, warmUpMs, ms });
        cost.add(kind, cpuMs * 1_000 / count);
        rate.add(kind, count / ms);
      }
    }
    const name = `CALL round trips, ${size.toLocaleString("en")} at a time`;
    cost.report(bench, `${name}, CPU each`, "µs", { timesBare: 1.6 });
    rate.report(bench, `${name}, per second`, "k");
  }
}

interface Flood {
  readonly size: number;
  readonly warmUpMs: number;
  readonly ms: number;
}

async function flood(bench: Bench, kind: Kind, { size, warmUpMs, ms }: Flood) {
  await using subject = await startSubject(bench, kind, size);
  const { child, csms } = subject;
  await csms.flood();
  await rest(warmUpMs);
  const seen = async () => (await csms.census()).answered;
  const [before, cpuBefore, since] = [await seen(), usage(child.pid).cpuMs, performance.now()];
  await rest(ms);
  const cpuMs = usage(child.pid).cpuMs - cpuBefore;
  const count = await seen() - before;
  if (count === 0) throw new Error(`Cannot measure round trips of ${kind}: it answered none`);
  // The window of the count is as long as that of the rest, but for the two questions.
  return { count: count * ms / (performance.now() - since), cpuMs };
}
