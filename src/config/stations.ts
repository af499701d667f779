import type * as z from "zod";
import { mustBe } from "./fields.ts";
import { expandIds } from "./fleet.ts";
import { isMapping } from "./keys.ts";
import type { Path } from "./problem.ts";
import { formatPath, snakePath } from "./problem.ts";
import type { Report } from "./report.ts";
import { resolveStation, type StationContext } from "./station.ts";
import { hideSecrets, type StationDocument } from "./station_document.ts";
import { fleetSchema, MOST_STATIONS, stationSchema } from "./station_schema.ts";
import type { StationConfig } from "./types.ts";

/** The part of a value that fits its schema; what does not fit is reported. */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: Path,
  report: Report,
): z.output<S> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    report.complain([...path, ...snakePath(issue.path)], issue.message);
  }
  return undefined;
}

/** Fleets expanded, then stations. Values are in camelCase; what is wrong is reported. */
export function readStations(
  fleets: unknown,
  stations: unknown,
  context: StationContext,
): StationConfig[] {
  const { report } = context;
  const owners = new Map<string, string>();
  const all: StationConfig[] = [];
  for (const [index, value] of entries(fleets, "fleets", report)) {
    const path = ["fleets", index];
    // A thousand fleets of a hundred thousand must not fill the memory before they are refused.
    if (owners.size > MOST_STATIONS) break;
    const ids = idsOf(value, path, report);
    claim(ids, path, owners, report);
    const input = check(fleetSchema, value, path, report);
    if (input === undefined || ids.length === 0) continue;
    const template = { ...resolveStation(input, path, ids, context), written: asWritten(value) };
    for (const id of ids) all.push({ id, name: input.name ?? id, ...template });
  }
  for (const [index, value] of entries(stations, "stations", report)) {
    const path = ["stations", index];
    const ids = isMapping(value) && typeof value.id === "string" ? [value.id] : [];
    claim(ids, path, owners, report);
    const station = readStation(value, path, context);
    if (station !== undefined) all.push(station);
  }
  if (owners.size > MOST_STATIONS) {
    report.complain(
      [],
      `Must have at most ${MOST_STATIONS} stations, found: at least ${owners.size}`,
    );
  }
  return all;
}

/** One station, whoever wrote it, in camelCase; what is wrong with it is reported. */
export function readStation(
  value: unknown,
  path: Path,
  context: StationContext,
): StationConfig | undefined {
  const input = check(stationSchema, value, path, context.report);
  if (input === undefined) return undefined;
  const { id, name = id } = input;
  if (/\{\d+\.\.\d+\}/.test(id)) {
    context.report.complain([...path, "id"], "Must be one id: a range belongs under fleets");
  }
  const resolved = resolveStation(input, path, [id], context);
  return { id, name, ...resolved, written: asWritten(value) };
}

/** Without what only config.yaml has, and the id, which each station has beside it. */
function asWritten(value: unknown): StationDocument {
  if (!isMapping(value)) return {};
  const { id: _id, count: _count, ...written } = value;
  return hideSecrets(written);
}

function entries(value: unknown, key: string, report: Report): Iterable<[number, unknown]> {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.entries();
  report.complain([key], mustBe("a list", typeof value === "string" ? {} : value));
  return [];
}

/** The ids of a fleet as far as its pattern can be read; the schema has its own say about both keys. */
function idsOf(value: unknown, path: Path, report: Report): string[] {
  if (!isMapping(value) || typeof value.id !== "string") return [];
  const count = fleetSchema.shape.count.safeParse(value.count);
  const expanded = expandIds(value.id, count.success ? count.data : undefined);
  if ("ids" in expanded) return expanded.ids;
  report.complain([...path, "id"], expanded.message);
  return [];
}

/** Every id has one owner. A fleet that overlaps another says so once. */
function claim(
  ids: readonly string[],
  path: Path,
  owners: Map<string, string>,
  report: Report,
): void {
  const owner = formatPath(path);
  const taken = ids.filter((id) => owners.has(id));
  for (const id of ids) if (!owners.has(id)) owners.set(id, owner);
  const [first] = taken;
  if (first === undefined) return;
  const more = taken.length > 1 ? ` (and ${taken.length - 1} more)` : "";
  report.complain(
    [...path, "id"],
    `Must be unique, but "${first}"${more} belongs to ${owners.get(first)} already`,
  );
}
