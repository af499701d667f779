import { arch, cpus, release, totalmem } from "node:os";

/** On what it was measured, in one line. */
export function machine(nodeVersion: string | null): string {
  const model = cpus()[0]?.model.trim() ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const node = nodeVersion === null ? "" : `, Node ${nodeVersion}`;
  return `${cpus().length} × ${model}, ${memory} GiB, ${Deno.build.os} ${release()} ${arch()}, ` +
    `Deno ${Deno.version.deno}${node}`;
}

/** Beside its connections a process has a database, a log, a listener and what the runtime opens. */
const OTHER_FILES = 200;

/**
 * Whether a child may open so many connections. `null`: yes; else a sentence that says what to do.
 */
export async function checkOpenFiles(connections: number): Promise<string | null> {
  if (Deno.build.os === "windows") return null;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", "ulimit -n"] }).output();
  return openFilesProblem(new TextDecoder().decode(stdout).trim(), connections);
}

/** @param limit what `ulimit -n` prints: a number, or `unlimited` */
export function openFilesProblem(limit: string, connections: number): string | null {
  const needed = connections + OTHER_FILES;
  if (!(Number(limit) < needed)) return null;
  return `Cannot open ${connections.toLocaleString("en")} connections: a process may have ` +
    `${limit} open files here; run "ulimit -n ${needed}" first (as root, or raise "nofile" in ` +
    `/etc/security/limits.conf), or measure fewer stations with --quick`;
}
