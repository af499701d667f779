import type { Bench } from "../bench.ts";
import { percentileBetween, readBuckets } from "../metrics.ts";
import type { Program } from "../program.ts";
import { startSubject, type Subject } from "../subject.ts";
import { Tally } from "../tallies.ts";
import { rest } from "../until.ts";
import { usage } from "../usage.ts";

const LOOP_DELAY = "ocpp_emu_event_loop_delay_seconds";

/**
 * What a fleet costs that only keeps its connections: a Heartbeat each 60 s, a ping each 30 s. Both
 * are measured in the same minute, because taking turns would cost another one, and not before the runtime
 * has tidied up after the start: that happens once, some 20 s later.
 */
export async function measureIdle(bench: Bench, program: Subject<Program>): Promise<void> {
  const { sizes, idleAfterMs, idleMs } = bench.plan;
  const size = sizes.at(-1)!;
  await using bare = await startSubject(bench, "bare", size);
  bench.progress(`${size} stations at rest for ${idleMs / 1_000} s`);
  await rest(idleAfterMs);
  const delays = async () => readBuckets(await program.child.metrics(), LOOP_DELAY);
  const delaysBefore = await delays();
  const children = { "ocpp-emu": program.child, bare: bare.child };
  const cpu = () => Object.values(children).map(({ pid }) => usage(pid).cpuMs);
  const [before, since] = [cpu(), performance.now()];
  await rest(idleMs);
  const [after, ms] = [cpu(), performance.now() - since];
  const resident = new Tally(), percent = new Tally();
  Object.entries(children).forEach(([name, { pid }], at) => {
    const kind = name as keyof typeof children;
    percent.add(kind, (after[at]! - before[at]!) / ms * 100);
    resident.add(kind, usage(pid).residentBytes / 2 ** 20);
  });
  const name = `${size.toLocaleString("en")} stations at rest`;
  percent.report(bench, `${name}, CPU`, "% of a core", { timesBare: 1.5 });
  resident.report(bench, `${name}, resident after ${idleMs / 1_000} s`, "MiB");
  const delay = new Tally();
  delay.add("ocpp-emu", percentileBetween(delaysBefore, await delays(), 99) * 1_000);
  delay.report(bench, `${name}, loop delay p99, at most`, "ms");
}
