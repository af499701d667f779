/**
 * What a station of 2.x costs in resident memory beside one of 1.6, in one run:
 * `deno run -A tests/bench/station_memory_bench.ts [FEW] [MANY] [ROUNDS]`. The stations are booted and beat
 * against the built-in CSMS in a process of its own; each figure is the slope between FEW and MANY of them.
 */
import { median } from "./median.ts";
import { print } from "./print.ts";

const VERSIONS = ["1.6", "2.0.1", "2.1"] as const;
const [few = 500, many = 3_000, rounds = 3] = Deno.args.map(Number);

async function benchMemory(): Promise<void> {
  const csms = run("station_memory/csms.ts", []);
  try {
    const url = await firstLine(csms);
    const slopes: Record<string, number[]> = {};
    for (let round = 0; round < rounds; round++) {
      // Alternating, so that a noisy minute hits all of them.
      for (const version of VERSIONS) {
        const [less, more] = [
          await resident(version, url, few),
          await resident(version, url, many),
        ];
        (slopes[version] ??= []).push((more - less) / (many - few) / 1024);
      }
    }
    const base = median(slopes["1.6"]!);
    print(`Resident memory of a booted, beating station, slope between ${few} and ${many}`);
    print("version  KiB each  x 1.6");
    for (const version of VERSIONS) {
      const each = median(slopes[version]!);
      const ratio = (each / base).toFixed(2);
      print(`${version.padEnd(7)}  ${each.toFixed(1).padStart(8)}  ${ratio.padStart(5)}`);
    }
  } finally {
    csms.kill();
    await csms.status;
  }
}

/** Bytes. */
async function resident(version: string, url: string, count: number): Promise<number> {
  const child = run("station_memory/stations.ts", [version, url, String(count)]);
  const line = await firstLine(child);
  const { success } = await child.status;
  if (!success) throw new Error(`${count} stations of ${version} did not boot`);
  return Number(line);
}

function run(script: string, args: string[]): Deno.ChildProcess {
  const path = new URL(script, import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", path, ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

async function firstLine({ stdout }: Deno.ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.trim();
}

await benchMemory();
