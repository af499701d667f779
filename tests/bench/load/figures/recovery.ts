import type { Bench } from "../bench.ts";
import { LoadCsms } from "../csms.ts";
import { percentileBetween, readBuckets } from "../metrics.ts";
import { Probe } from "../probe.ts";
import type { Program } from "../program.ts";
import { percentile } from "../statistics.ts";
import type { Subject } from "../subject.ts";
import { Tally } from "../tallies.ts";
import { rest } from "../until.ts";
import { usage } from "../usage.ts";

const LOOP_DELAY = "ocpp_emu_event_loop_delay_seconds";

/** How long the CSMS is gone. */
const AWAY_MS = 500;

/** What a fleet does when its CSMS is killed and comes back, and how HTTP answers meanwhile. */
export async function measureRecovery(
  bench: Bench,
  { child: program, csms }: Subject<Program>,
): Promise<void> {
  const { sizes, recoveries, backoff } = bench.plan;
  const size = sizes.at(-1)!;
  const all = {
    back: new Tally(),
    handshakes: new Tally(),
    dials: new Tally(),
    twice: new Tally(),
    cpu: new Tally(),
    delay: new Tally(),
  };
  const health: number[] = [], list: number[] = [];
  let now = csms;
  // In the last round /api/connections is asked too: listing all of them keeps /health waiting.
  for (let round = 1; round <= recoveries + 1; round++) {
    bench.progress(`the CSMS is killed and comes back, round ${round} of ${recoveries + 1}`);
    const metricsBefore = await program.metrics();
    const probe = round <= recoveries
      ? new Probe(`${program.url}/health`, 10)
      : new Probe(`${program.url}/api/connections`, 250);
    const cpuBefore = usage(program.pid).cpuMs;
    await now.kill();
    await rest(AWAY_MS);
    const since = performance.now();
    now = await LoadCsms.start({ port: csms.port });
    const seen = await now.connected(size);
    const backMs = performance.now() - since;
    (round <= recoveries ? health : list).push(...await probe.stop());
    if (round > recoveries) break;
    const metrics = await program.metrics();
    all.cpu.add("ocpp-emu", (usage(program.pid).cpuMs - cpuBefore) / 1_000);
    all.back.add("ocpp-emu", backMs / 1_000);
    all.handshakes.add("ocpp-emu", seen.mostHandshakes);
    all.twice.add("ocpp-emu", seen.duplicates + seen.opened - size);
    all.dials.add("ocpp-emu", (dials(metrics) - dials(metricsBefore)) / size);
    const [before, after] = [metricsBefore, metrics].map((text) => readBuckets(text, LOOP_DELAY));
    all.delay.add("ocpp-emu", percentileBetween(before!, after!, 99) * 1_000);
    await rest(bench.plan.restMs);
  }
  await now.kill();
  const name = `${size.toLocaleString("en")} reconnect`;
  all.back.report(bench, `${name}, until all are back (first wait ${backoff})`, "s");
  all.cpu.report(bench, `${name}, CPU`, "s");
  all.handshakes.report(bench, `${name}, most handshakes at once`, "", { most: 100 });
  all.dials.report(bench, `${name}, dials for each`, "");
  all.twice.report(bench, `${name}, connections too many`, "", { most: 0 });
  all.delay.report(bench, `${name}, loop delay p99, at most`, "ms");
  const once = (ms: readonly number[], percent: number) => {
    const tally = new Tally();
    tally.add("ocpp-emu", percentile(ms, percent));
    return tally;
  };
  once(health, 50).report(bench, `${name}, \`/health\` p50`, "ms");
  once(health, 99).report(bench, `${name}, \`/health\` p99`, "ms", { most: 50 });
  once(list, 50).report(bench, `${name}, \`/api/connections\` with all of them, p50`, "ms");
  once(list, 99).report(bench, `${name}, \`/api/connections\` with all of them, p99`, "ms");
}

function dials(metrics: string): number {
  return Number(/^ocpp_emu_dials_total (\d+)$/m.exec(metrics)?.[1]);
}
