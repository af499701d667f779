/** What a process takes of the machine, as the operating system counts it. */
export interface Usage {
  readonly residentBytes: number;
  /** Of all its threads since its start, user and system. */
  readonly cpuMs: number;
  /** Open file descriptors. */
  readonly files: number;
}

/** Whether the operating system tells {@link Usage}. */
export const CAN_MEASURE = Deno.build.os === "linux";

/** The kernel counts CPU time in hundredths of a second, whatever its own clock does. */
const TICK_MS = 10;

/** @throws what reading /proc throws, when the process is gone */
export function usage(pid: number): Usage {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  // The name of the program stands in brackets and may hold anything; the numbers come after it.
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /s, "").split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return {
    residentBytes: Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1_024,
    cpuMs: (user + system) * TICK_MS,
    files: Array.from(Deno.readDirSync(`/proc/${pid}/fd`)).length,
  };
}
