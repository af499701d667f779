/**
 * What 10,000 stations in one process cost, beside bare sockets and another client in the same run:
 *
 *     deno run -A tests/bench/load_bench.ts [--quick] [--only FIGURE]… [--json FILE] [--write]
 *
 * `--quick` takes a few minutes and a tenth of the stations, `--json` writes every figure to a file,
 * `--write` puts the table into README. `--only` measures growth, versions, round-trips, idle (with
 * recovery), start-up or soak; it can be given several times. `--tiny` only shows that the benchmark still runs.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { writeFileSync } from "node:fs";
import type { Bench } from "./load/bench.ts";
import { killAll } from "./load/child.ts";
import type { Figure } from "./load/figure.ts";
import { measureGrowth } from "./load/figures/growth.ts";
import { measureIdle } from "./load/figures/idle.ts";
import { measureRecovery } from "./load/figures/recovery.ts";
import { measureRoundTrips } from "./load/figures/round_trips.ts";
import { measureSoak } from "./load/figures/soak.ts";
import { measureStartUp } from "./load/figures/start_up.ts";
import { measureVersions } from "./load/figures/versions.ts";
import { checkOpenFiles, machine } from "./load/machine.ts";
import { openNodeClient } from "./load/node_client.ts";
import { FULL, type Plan, QUICK, TINY } from "./load/plan.ts";
import { insertCosts } from "./load/readme.ts";
import { describe, markdownTable, textTable } from "./load/render.ts";
import { startProgram } from "./load/subject.ts";
import { CAN_MEASURE } from "./load/usage.ts";
import { print } from "./print.ts";

const README = new URL("../../README.md", import.meta.url);

const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    tiny: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

async function main(): Promise<number> {
  const plan = flags.tiny ? TINY : flags.quick ? QUICK : FULL;
  const unknown = flags.only?.find((name) => !Object.hasOwn(FIGURES, name));
  if (unknown !== undefined) {
    const known = Object.keys(FIGURES).join(", ");
    print(`Cannot measure "${unknown}": --only takes one of ${known}`);
    return 2;
  }
  if (flags.only !== undefined && flags.write) {
    print("Cannot write some figures into README: leave out --only, or --write");
    return 2;
  }
  const problem = CAN_MEASURE
    ? await checkOpenFiles(plan.sizes.at(-1)!)
    : `Cannot measure memory and CPU on ${Deno.build.os}: it has no /proc; run it on Linux`;
  if (problem !== null) {
    print(problem);
    return 2;
  }
  const since = performance.now();
  const loadBefore = loadavg()[0]!;
  const node = plan.mostRpc === 0
    ? "ocpp-rpc is left out: so few stations say nothing"
    : await openNodeClient();
  try {
    const on = machine(typeof node === "string" ? null : node.version);
    const { figures, notes } = await measure(plan, typeof node === "string" ? null : node);
    if (typeof node === "string") notes.push(`${node}.`);
    const minutes = (performance.now() - since) / 60_000;
    notes.push(
      `Measured in ${minutes.toFixed(1)} minutes; the load average was ${loadBefore.toFixed(1)} ` +
        `when it began and ${loadavg()[0]!.toFixed(1)} when it ended, its own processes included.`,
    );
    publish(on, figures, notes);
    return 0;
  } finally {
    if (typeof node !== "string") await node[Symbol.asyncDispose]();
  }
}

async function measure(plan: Plan, node: Bench["node"]) {
  const figures: Figure[] = [];
  const notes: string[] = [];
  const bench: Bench = {
    plan,
    node,
    add(figure) {
      figures.push(figure);
      print(`  ${describe(figure)}`);
    },
    note: (sentence) => notes.push(sentence),
    progress: (what) => print(`… ${what}`),
  };
  bench.progress("starting");
  for (const [name, measureOne] of Object.entries(FIGURES)) {
    if (flags.only?.includes(name) ?? true) await measureOne(bench);
  }
  return { figures, notes };
}

/** What can be measured alone, in its order. */
const FIGURES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  growth: measureGrowth,
  versions: measureVersions,
  "round-trips": measureRoundTrips,
  idle: measureRest,
  "start-up": measureStartUp,
  soak: measureSoak,
};

/** A fleet at rest, which then loses its CSMS. */
async function measureRest(bench: Bench): Promise<void> {
  const { sizes, backoff } = bench.plan;
  await using program = await startProgram(bench, { size: sizes.at(-1)!, backoff });
  await measureIdle(bench, program);
  await measureRecovery(bench, program);
}

function publish(on: string, figures: readonly Figure[], notes: readonly string[]): void {
  const date = new Date().toISOString().slice(0, 10);
  print(`\n${date}, ${on}\n`);
  print(textTable(figures));
  for (const note of notes) print(note);
  if (flags.json !== undefined) {
    writeFileSync(flags.json, JSON.stringify({ date, machine: on, figures, notes }, null, 2));
  }
  if (flags.write) {
    const costs = `${date}, ${on}.\n\n${markdownTable(figures)}\n${notes.join("\n")}`;
    Deno.writeTextFileSync(README, insertCosts(Deno.readTextFileSync(README), costs));
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => {
    killAll();
    Deno.exit(130);
  });
}
Deno.exit(await main());
