import type { Bench } from "../bench.ts";
import { script, startChild } from "../child.ts";
import { freePort, healthy, Program } from "../program.ts";
import { Tally } from "../tallies.ts";

/** Nobody listens there: a start does not wait for a CSMS. */
const NOWHERE = "ws://127.0.0.1:9";

/** From the start of the process until `/health` answers 200, beside a Hono app that does only that. */
export async function measureStartUp(bench: Bench): Promise<void> {
  const times = new Tally();
  const { starts } = bench.plan;
  bench.progress(`starting ${starts} times`);
  for (let start = 1; start <= starts; start++) {
    const ours = await startOfProgram();
    const bare = await startOfHello();
    // The first of each fills the caches of the disk and of the runtime.
    if (start === 1 && starts > 1) continue;
    times.add("ocpp-emu", ours);
    times.add("bare", bare);
  }
  times.report(bench, "start to `/health` (beside: hello world in Hono)", "ms", { most: 300 });
}

async function startOfProgram(): Promise<number> {
  const since = performance.now();
  await using program = await Program.start({ url: NOWHERE, size: 1 });
  return await program.healthy() - since;
}

async function startOfHello(): Promise<number> {
  const port = freePort();
  const since = performance.now();
  await using _child = startChild(...script("hello.ts", String(port)));
  return await healthy(`http://127.0.0.1:${port}`) - since;
}
