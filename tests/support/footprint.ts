import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** What a process holds. */
export interface Footprint {
  /** Open file descriptors; `null` where the system does not tell. */
  readonly descriptors: number | null;
  /** Living objects. */
  readonly heapMib: number;
  /** Resident memory: what the allocator keeps for later is in it. */
  readonly residentMib: number;
}

/** What this process holds now, garbage not counted. */
export function footprint(): Footprint {
  collectGarbage();
  const { heapUsed, rss } = Deno.memoryUsage();
  return { descriptors: descriptors(), heapMib: mib(heapUsed), residentMib: mib(rss) };
}

/** For the name of a test step: a quiet test run prints nothing else. */
export function inWords({ descriptors, heapMib, residentMib }: Footprint): string {
  return `${
    descriptors ?? "unknown"
  } descriptors, heap ${heapMib} MiB, resident ${residentMib} MiB`;
}

/** The runtime itself may not look into /proc without every permission. */
function descriptors(): number | null {
  if (Deno.build.os !== "linux") return null;
  const args = [`/proc/${Deno.pid}/fd`];
  const { success, stdout } = new Deno.Command("ls", { args, stderr: "null" }).outputSync();
  return success ? new TextDecoder().decode(stdout).trim().split("\n").length : null;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
