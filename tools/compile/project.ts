import deno from "../../deno.json" with { type: "json" };

/** What deno.json says about how the program runs. */
export interface Project {
  readonly unstable: readonly string[];
  readonly permissions: { readonly app: Readonly<Record<string, unknown>> };
  readonly tasks: { readonly start: { readonly command: string } };
}

/** The version of the program. */
export const VERSION = deno.version;

/** The checkout, with a slash at the end. */
export const ROOT = new URL("../../", import.meta.url);

/**
 * The flags under which every built form runs: the permission set `app`, no prompts, the unstable switches
 * and what `start` asks of V8, spelled out so that no deno.json is needed any more.
 *
 * What it asks of V8 is room for young objects, 16 MB, also after it has tidied up: with the little that V8
 * leaves itself then, a fleet at rest promotes what is only on its way, and has the whole heap looked at
 * several times a minute.
 *
 * @throws TypeError for a permission that names paths or hosts: they would be the build machine's
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const project = {
 *   unstable: ["no-legacy-abort"],
 *   permissions: { app: { net: true } },
 *   tasks: { start: { command: "deno run --v8-flags=--lite-mode main.ts" } },
 * };
 * const flags = ["--no-prompt", "--v8-flags=--lite-mode", "--unstable-no-legacy-abort", "--allow-net"];
 * assert.deepEqual(runFlags(project), flags);
 * ```
 */
export function runFlags({ unstable, permissions, tasks }: Project = deno): string[] {
  const allowed = Object.entries(permissions.app).map(([name, value]) => {
    if (value === true) return `--allow-${name}`;
    throw new TypeError(`Cannot bake in the permission "${name}": it must be true`);
  });
  const v8 = tasks.start.command.split(" ").filter((word) => word.startsWith("--v8-flags="));
  return ["--no-prompt", ...v8, ...unstable.map((name) => `--unstable-${name}`), ...allowed];
}
