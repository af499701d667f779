import type { Context } from "hono";
import { Problem } from "./problem.ts";

/**
 * The query parameters that a path takes, the first of each name. A name that it does not take is a
 * 422: a misspelt `?timout=30s` must not pass for "no timeout".
 */
export function readQuery<Name extends string>(
  c: Context,
  names: readonly Name[],
): Readonly<Partial<Record<Name, string>>> {
  const given = c.req.query();
  for (const name of Object.keys(given)) {
    if (!names.some((known) => known === name)) {
      const known = names.map((each) => `"${each}"`).join(", ");
      throw new Problem(422, `Unknown query parameter "${name}": this path takes ${known}`);
    }
  }
  // Every name was just found among the known ones.
  return given as Partial<Record<Name, string>>;
}
