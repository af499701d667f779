/**
 * How long a start takes until `/health` answers 200, in time and in CPU, and what the process takes
 * then: of every form that can be built here, beside a hello-world Hono app from source and bundled. First: with an empty
 * cache and home. Warm: the middle of the starts after it, all forms in turn.
 *
 *     deno run -q -A tests/bench/start_bench.ts
 */
import { fileURLToPath } from "node:url";
import { SystemClock } from "../../src/clock/mod.ts";
import { buildForms } from "../support/forms.ts";
import { ROOT } from "../../tools/compile/project.ts";
import { runDeno } from "../../tools/compile/run_deno.ts";
import { median } from "./median.ts";
import { print } from "./print.ts";

const WARM_STARTS = 15;
const HELLO = `import { Hono } from "hono";
const app = new Hono().get("/health", (c) => c.json({ status: "healthy" }));
Deno.serve({ port: Number(Deno.args.at(-1)), hostname: "127.0.0.1", onListen() {} }, app.fetch);
`;

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  /** Where its caches are: emptied before the first start. */
  readonly home: string;
  readonly firsts: number[];
  readonly warms: number[];
  readonly cpus: number[];
  readonly resident: number[];
}

const clock = new SystemClock();
const config = fileURLToPath(new URL("deno.json", ROOT));
const deno = Deno.execPath();
const run = [deno, "run", "-q", "--config", config, "-P=app", "--no-prompt"];
const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-start-bench-" });
const packages = `${JSON.parse((await runDeno(["info", "--json"])).output).npmCache}`;

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function contender(name: string, command: readonly string[]): Contender {
  const home = `${folder}/${name.replaceAll(" ", "-")}`;
  return { name, command, home, firsts: [], warms: [], cpus: [], resident: [] };
}

/** An empty cache, with the packages in it: what was downloaded once is not what is measured. */
function empty({ home }: Contender): void {
  Deno.mkdirSync(`${home}/deno`, { recursive: true });
  Deno.symlinkSync(packages, `${home}/deno/npm`);
}

interface Start {
  /** From the start of the process to the first 200. */
  readonly ms: number;
  /** What it had used of the CPU then, and held of the memory. */
  readonly cpuMs: number;
  readonly mib: number;
}

async function start({ command, home }: Contender): Promise<Start> {
  const port = freePort();
  const [first = "", ...args] = command;
  const since = clock.monotonic();
  const child = new Deno.Command(first, {
    args: [...args, "--port", String(port)],
    cwd: home,
    env: { HOME: home, XDG_CACHE_HOME: "", DENO_DIR: `${home}/deno`, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  try {
    for (;;) {
      if (clock.monotonic() - since > 60_000) throw new Error(`${first} never got healthy`);
      const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.status === 200) break;
      await clock.sleep(2);
    }
    return { ms: clock.monotonic() - since, cpuMs: cpuMs(child.pid), mib: residentMib(child.pid) };
  } finally {
    child.kill("SIGTERM");
    await child.status;
  }
}

/** User and system time as Linux tells it, in steps of 10 ms; elsewhere not a number. */
function cpuMs(pid: number): number {
  if (Deno.build.os !== "linux") return NaN;
  const [, rest = ""] = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ");
  const [user, system] = rest.split(" ").slice(11, 13).map(Number);
  return 10 * (user! + system!);
}

/** As Linux tells it; elsewhere not a number. */
function residentMib(pid: number): number {
  if (Deno.build.os !== "linux") return NaN;
  return Number(/VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1]) / 1_024;
}

try {
  await using built = await buildForms();
  await Deno.writeTextFile(`${folder}/hello.ts`, HELLO);
  const hello = `${folder}/hello.js`;
  await runDeno(["bundle", "-q", "--config", config, "-o", hello, `${folder}/hello.ts`]);
  const main = fileURLToPath(new URL("main.ts", ROOT));
  const bare = [deno, "run", "-q", "--no-config", "--allow-net", hello];
  const contenders = [
    contender("hello Hono from source", [...run, `${folder}/hello.ts`]),
    contender("hello Hono bundled", bare),
    ...built.forms.map(({ form, executable }) =>
      contender(form, executable === undefined ? [...run, main] : [executable])
    ),
  ];
  for (const why of built.leftOut) print(`left out: ${why}`);
  for (const one of contenders) {
    for (let round = 0; round < 3; round++) {
      await Deno.remove(one.home, { recursive: true }).catch(() => {});
      empty(one);
      one.firsts.push((await start(one)).ms);
    }
  }
  for (let round = 0; round < WARM_STARTS; round++) {
    for (const one of contenders) {
      const { ms, cpuMs, mib } = await start(one);
      one.warms.push(ms);
      one.cpus.push(cpuMs);
      one.resident.push(mib);
    }
  }
  for (const { name, firsts, warms, cpus, resident } of contenders) {
    print(
      `${name.padEnd(24)} first ${ms(median(firsts))}  warm ${ms(median(warms))} ` +
        `(best ${ms(Math.min(...warms))})  CPU ${ms(median(cpus))}  resident ${
          median(resident).toFixed(0)
        } MiB`,
    );
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function ms(value: number): string {
  return `${value.toFixed(0).padStart(5)} ms`;
}
