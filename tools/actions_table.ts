/**
 * Prints the tables of README that say what the stations do with each action of OCPP; with `--write`
 * puts them there: `deno run -P=test tools/actions_table.ts --write`.
 *
 * @module
 */
import { type Action, loadVersion, type VersionId } from "../src/ocpp/mod.ts";
import { behaviour16 } from "../src/station/v16/behaviour.ts";
import type { ActionOf } from "../src/station/dialect.ts";
import { behaviour2 } from "../src/station/v2/behaviour.ts";
import { moreBehaviour } from "../src/station/v2/more_behaviour.ts";

const README = new URL("../README.md", import.meta.url);

/** What 2.0.1 has is in 2.1 too, and means the same. */
const BEHAVIOUR_2 = { ...behaviour2, ...moreBehaviour } as const satisfies Record<
  ActionOf<"2.1">,
  string
>;

/** A sentence for each action of a version. */
export const BEHAVIOURS: Readonly<Record<VersionId, Readonly<Record<string, string>>>> = {
  "1.6": behaviour16,
  "2.0.1": BEHAVIOUR_2,
  "2.1": BEHAVIOUR_2,
};

const SENDERS = {
  station: "station",
  csms: "CSMS",
  both: "both",
} as const satisfies Record<Action["from"], string>;

/** The table of a version, as `deno fmt` leaves it. */
export async function actionsTable(
  version: VersionId,
  behaviour = BEHAVIOURS[version],
): Promise<string> {
  const { actions } = await loadVersion(version);
  const rows = Array.from(actions.values())
    .sort((one, other) => one.name < other.name ? -1 : 1)
    .map(({ name, from }) => {
      const sentence = behaviour[name];
      if (sentence === undefined) {
        throw new Error(`Cannot describe "${name}" of OCPP ${version}: it has no sentence`);
      }
      return [`\`${name}\``, SENDERS[from], sentence];
    });
  return renderTable([["action", "sent by", "what the station does"], ...rows]);
}

/**
 * Puts a table between the markers of its version.
 *
 * @throws {Error} when the markers are not there
 */
export function insertTable(text: string, version: VersionId, table: string): string {
  const [open, close] = [`<!-- actions-${version} -->`, `<!-- /actions-${version} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) {
    throw new Error(
      `Cannot insert the table of OCPP ${version}: "${open}" … "${close}" is missing`,
    );
  }
  return `${text.slice(0, start + open.length)}\n\n${table}\n${text.slice(end)}`;
}

function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)));
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)));
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

if (import.meta.main) {
  let readme = await Deno.readTextFile(README);
  for (const version of Object.keys(BEHAVIOURS) as VersionId[]) {
    const table = await actionsTable(version);
    if (Deno.args.includes("--write")) readme = insertTable(readme, version, table);
    else await Deno.stdout.write(new TextEncoder().encode(`OCPP ${version}\n\n${table}\n`));
  }
  if (Deno.args.includes("--write")) await Deno.writeTextFile(README, readme);
}
