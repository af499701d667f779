import deno from "../../deno.json" with { type: "json" };

/** What deno.json says about how the program runs. */
export interface Project {
  readonly unstable: readonly string[];
  readonly permissions: { readonly app: Readonly<Record<string, unknown>> };
}

/** The version of the program. */
export const VERSION = deno.version;

/** The checkout, with a slash at the end. */
export const ROOT = new URL("../../", import.meta.url);

/**
 * The flags under which every built form runs: the permission set `app`, no prompts, and the unstable
 * switches, spelled out so that no deno.json is needed any more.
 *
 * @throws TypeError for a permission that names paths or hosts: they would be the build machine's
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const project = { unstable: ["no-legacy-abort"], permissions: { app: { net: true } } };
 * assert.deepEqual(runFlags(project), ["--no-prompt", "--unstable-no-legacy-abort", "--allow-net"]);
 * ```
 */
export function runFlags({ unstable, permissions }: Project = deno): string[] {
  const allowed = Object.entries(permissions.app).map(([name, value]) => {
    if (value === true) return `--allow-${name}`;
    throw new TypeError(`Cannot bake in the permission "${name}": it must be true`);
  });
  return ["--no-prompt", ...unstable.map((name) => `--unstable-${name}`), ...allowed];
}
