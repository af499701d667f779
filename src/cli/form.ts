import { dirname } from "node:path";

/** How the program came here: run from source, compiled to one executable, or unpacked by its own file. */
export type Form = "source" | "compiled" | "portable";

/** How a portable file tells the program in it where it lies. */
const PORTABLE_FILE = "PORTABLE_OCPP_EMU";

/**
 * Which form runs, and where the file lies that its user started; `null` when it runs from source.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const environment = { PORTABLE_OCPP_EMU: "/opt/emu/ocpp-emu" };
 * const found = programForm({ standalone: false, executable: "/cache/deno", environment });
 * assert.deepEqual(found, { form: "portable", executableFolder: "/opt/emu" });
 * ```
 */
export function programForm(runtime: {
  readonly standalone: boolean;
  /** What runs: the program itself when it is compiled, else Deno. */
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
}): { readonly form: Form; readonly executableFolder: string | null } {
  const { standalone, executable, environment } = runtime;
  if (standalone) return { form: "compiled", executableFolder: dirname(executable) };
  const file = environment[PORTABLE_FILE];
  if (file === undefined) return { form: "source", executableFolder: null };
  return { form: "portable", executableFolder: dirname(file) };
}
