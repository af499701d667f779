import deno from "../../../deno.json" with { type: "json" };
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";

/** ocpp-rpc's client on Node, ready to be started. */
export interface NodeClient extends AsyncDisposable {
  /** Of Node. */
  readonly version: string;
  start(url: string, connections: number): Child;
}

/**
 * Lays the package out for Node, in a folder of its own, from what Deno has in its cache.
 *
 * @returns a sentence when it cannot be run here
 */
export async function openNodeClient(): Promise<NodeClient | string> {
  const version = await output("node", ["--version"]);
  if (version === null) return "ocpp-rpc is left out: there is no node on the PATH";
  const folder = await Deno.makeTempDir({ prefix: "ocpp-emu-bench-rpc-" });
  const remove = () => Deno.remove(folder, { recursive: true });
  const imports = { "ocpp-rpc": deno.imports["ocpp-rpc"] };
  await Deno.writeTextFile(
    `${folder}/deno.json`,
    JSON.stringify({ imports, nodeModulesDir: "auto" }),
  );
  if (await output(Deno.execPath(), ["install", "-q"], folder) === null) {
    await remove();
    return "ocpp-rpc is left out: the package cannot be had";
  }
  await Deno.copyFile(fileURLToPath(new URL("rpc.mjs", import.meta.url)), `${folder}/rpc.mjs`);
  return {
    version: version.trim().replace(/^v/, ""),
    start: (url, connections) =>
      startChild("node", [`${folder}/rpc.mjs`, url, String(connections)], folder),
    [Symbol.asyncDispose]: remove,
  };
}

/** `null`: it is not there, or it failed. */
async function output(command: string, args: string[], cwd?: string): Promise<string | null> {
  try {
    const options = { args, cwd, stderr: "null" } as const;
    const { success, stdout } = await new Deno.Command(command, options).output();
    return success ? new TextDecoder().decode(stdout) : null;
  } catch {
    return null;
  }
}
