import assert from "node:assert/strict";
import { SystemClock } from "../../src/clock/mod.ts";
import type { Csms } from "../../src/csms/mod.ts";
import { configFor, realCsms } from "../e2e/support.ts";
import { within } from "../support/connection_harness.ts";
import { MAIN, Program } from "../support/process.ts";

const STATIONS = 1000;
const RESTARTS = 3;

/** What three restarts may leave behind, after a garbage collection: next to nothing per station. */
const MOST_NEW_FILES = 5;
const MOST_NEW_HEAP_MIB = 1;
/** The first reconnect fills the pools of the runtime; after that they stay as they are. */
const MOST_NEW_MIB = 20;
const MOST_FIRST_MIB = 80;

/** Asking a host why it refuses may look like one more short visit, once per back-off step. */
const MOST_VISITS = 3;

const fleets = [["1.6", 333], ["2.0.1", 333], ["2.1", 334]].map(([protocol_version, last]) => ({
  id: `CP-${protocol_version}-{001..${last}}`,
  protocol_version,
}));

/** The program, with garbage collected on demand: V8 alone would let megabytes of it lie. */
const script = `
Deno.addSignalListener("SIGUSR2", () => {
  gc();
  gc();
  console.log("collected " + Deno.memoryUsage().heapUsed);
});
await import(${JSON.stringify(MAIN.href)});
`;

/** What the program takes of the machine. */
interface Usage {
  /** Open file descriptors. */
  readonly files: number;
  /** Resident memory. */
  readonly mib: number;
  readonly heapMib: number;
}

Deno.test({
  name: "1,000 stations outlive three restarts of their CSMS, each there once, and end within 5 s",
  ignore: Deno.build.os !== "linux",
  async fn(t) {
    const clock = new SystemClock();
    const { port, url } = await stopped(await realCsms());
    await using program = await Program.start(["serve"], {
      config: configFor(url, {
        fleets,
        stations: [],
        csms: { ping_interval: "5s", reconnect_jitter: 0.5 },
      }),
      script: "collecting.ts",
      files: { "collecting.ts": script },
      environment: { DENO_V8_FLAGS: "--expose-gc" },
    });

    const usages: Usage[] = [];
    for (let life = 0; life <= RESTARTS; life++) {
      await using csms = await realCsms({ port, bootIntervalMs: 2000 });
      const since = clock.monotonic();
      await within("all stations", csms.until((csms) => csms.stations.size === STATIONS), 60_000);
      const { status } = await within("/ready", program.get("/ready?timeout=30s"), 40_000);
      assert.equal(status, 200);
      const ms = Math.round(clock.monotonic() - since);
      // Two rounds of heartbeats: all of them live, and nothing more comes and goes.
      const beats = csms.until((csms) => csms.census().heartbeats >= 2 * STATIONS);
      await within("heartbeats", beats, 30_000);
      checkCensus(csms, life);
      const { body } = await program.get("/health");
      assert.deepEqual(body.stations, { connected: STATIONS, total: STATIONS });

      const usage = await collectedUsage(program, life);
      usages.push(usage);
      // The runner prints the names of steps, whatever else it is told to keep quiet.
      const figures = `all ${STATIONS} after ${ms} ms, ${usage.files} fds, ${usage.mib} MiB, ` +
        `of it heap ${usage.heapMib.toFixed(1)} MiB`;
      await t.step(`life ${life}: ${figures}`, () => {});

      if (life < RESTARTS) await csms.drop();
      else await end(t, program, csms);
    }

    const [first, second, last] = [usages[0]!, usages[1]!, usages.at(-1)!];
    assert(last.files <= first.files + MOST_NEW_FILES, "file descriptors are where they were");
    assert(last.heapMib <= second.heapMib + MOST_NEW_HEAP_MIB, "the heap is where it was");
    assert(last.mib <= first.mib + MOST_FIRST_MIB, "the memory is where it was");
    assert(last.mib <= second.mib + MOST_NEW_MIB, "the memory does not grow with each restart");
    assert.deepEqual(program.complaints, []);
  },
});

function checkCensus(csms: Csms, life: number): void {
  const { connected, connects, duplicates, boots } = csms.census();
  assert.equal(connected, STATIONS);
  assert.equal(duplicates, 0, "none is there twice");
  assert(connects <= STATIONS + MOST_VISITS, `${connects} connects`);
  assert.equal(boots, life === 0 ? STATIONS : 0, "one boot for each, at the start");
  assert.deepEqual(csms.violations, []);
}

async function collectedUsage(program: Program, life: number): Promise<Usage> {
  program.signal("SIGUSR2");
  const line = await program.line(/^collected \d+$/, life);
  const heapMib = Number(line.slice("collected ".length)) / 2 ** 20;
  // By program: the runtime lets nobody read /proc who may not do everything.
  const files = (await outputOf("ls", `/proc/${program.pid}/fd`)).trim().split("\n").length;
  const status = await outputOf("cat", `/proc/${program.pid}/status`);
  const kib = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  return { files, mib: Math.round(kib / 1024), heapMib };
}

async function outputOf(command: string, argument: string): Promise<string> {
  const { stdout } = await new Deno.Command(command, { args: [argument] }).output();
  return new TextDecoder().decode(stdout);
}

async function end(t: Deno.TestContext, program: Program, csms: Csms): Promise<void> {
  const { ms, code } = await program.timeToEnd("SIGTERM");
  await within("nobody", csms.until(({ stations }) => stations.size === 0));
  await t.step(`the end, ${Math.round(ms)} ms after SIGTERM`, () => {
    assert.equal(code, 0);
    assert(ms < 5000);
  });
}

async function stopped(csms: Csms): Promise<Csms> {
  await csms.stop();
  return csms;
}
