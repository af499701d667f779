/**
 * What a validated call round trip costs the client's process, beside a bare native socket that does
 * the same traffic without OCPP, and beside ocpp-rpc's own client in strict mode, in one run:
 * `deno task bench`.
 */
import { median } from "./median.ts";
import { print } from "./print.ts";

const KINDS = ["native", "ocpp-emu", "ocpp-rpc"] as const;
const ROUNDS = 5;
const CONNECTIONS = [1, 100, 1000];
const MS = 2_000;

async function benchRoundTrips(): Promise<void> {
  const server = run("round_trip/server.ts", []);
  try {
    const [port] = await firstLine(server);
    print("CALL round trips, 1.6 MeterValues of 200 bytes, checked both ways");
    print("connections  client     round trips/s  CPU µs each  x native");
    for (const connections of CONNECTIONS) {
      await benchOne(`ws://127.0.0.1:${port}`, connections);
    }
  } finally {
    server.kill();
    await server.status;
  }
}

async function benchOne(url: string, connections: number): Promise<void> {
  const cost: Record<string, number[]> = {};
  const rate: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round++) {
    // Alternating, so that a noisy minute hits all of them.
    for (const kind of KINDS) {
      const child = run("round_trip/load.ts", [kind, url, String(connections), String(MS)]);
      const [line] = await firstLine(child);
      await child.status;
      const { roundTrips, seconds, cpuMicros } = JSON.parse(line);
      (cost[kind] ??= []).push(cpuMicros / roundTrips);
      (rate[kind] ??= []).push(roundTrips / seconds);
    }
  }
  for (const kind of KINDS) {
    const each = median(cost[kind]!);
    const ratio = each / median(cost.native!);
    print(
      `${String(connections).padStart(11)}  ${kind.padEnd(9)}  ${
        median(rate[kind]!).toFixed(0).padStart(13)
      }  ${each.toFixed(1).padStart(11)}  ${ratio.toFixed(2).padStart(8)}`,
    );
  }
}

function run(script: string, args: string[]): Deno.ChildProcess {
  const path = new URL(script, import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-A", path, ...args],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

async function firstLine({ stdout }: Deno.ChildProcess): Promise<[string]> {
  let text = "";
  for await (const chunk of stdout.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return [text.trim()];
}

await benchRoundTrips();
