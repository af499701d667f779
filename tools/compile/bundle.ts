import { fileURLToPath } from "node:url";
import { ROOT } from "./project.ts";
import { runDeno } from "./run_deno.ts";

/** The name of the bundled program, in the executable and in the cache of the portable form. */
export const PROGRAM = "ocpp-emu.js";

/**
 * Makes one file of the program and of all that it can reach, dynamic imports included. Not minified: it
 * starts as fast, makes the download 1 % larger, and its stack traces can be read. For the platform
 * `browser`, because packages with two builds keep the one without Node's modules and CommonJS there.
 *
 * @throws Error with what the bundler said
 */
export async function bundleProgram(
  folder: string,
  options: readonly string[] = [],
): Promise<string> {
  const path = `${folder}/${PROGRAM}`;
  const { success, output } = await runDeno([
    ...["bundle", "-q", "--platform", "browser", ...options],
    ...["--config", fileURLToPath(new URL("deno.json", ROOT))],
    ...["-o", path, fileURLToPath(new URL("main.ts", ROOT))],
  ]);
  if (success) return path;
  throw new Error(
    "Cannot bundle the program (deno bundle fetches esbuild from npm the first time):\n" +
      output.trimEnd(),
  );
}
