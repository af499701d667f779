import { type Figure, judge, KINDS, type Target, type Verdict } from "./figure.ts";
import type { Spread } from "./statistics.ts";

const HEAD = ["figure", "ocpp-emu", "bare sockets", "ocpp-rpc", "target", "met"] as const;

/** Three digits that matter, and commas: `13.4`, `0.52`, `10,000`. */
export function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** `13.4 µs (12.9–15.1)`; without the bracket when it was measured once. */
export function measured(value: Spread | undefined, unit: string): string {
  if (value === undefined) return "";
  const [middle, least, most] = [value.median, value.least, value.most].map(number);
  const figure = `${middle} ${unit}`.trimEnd();
  return least === most ? figure : `${figure} (${least}–${most})`;
}

/** A figure in one line, as soon as it is known. */
export function describe({ name, unit, values }: Figure): string {
  const known = KINDS.filter((kind) => values[kind] !== undefined);
  return `${name}: ${known.map((kind) => `${kind} ${measured(values[kind], unit)}`).join(", ")}`;
}

/** The table as GitHub reads it and as `deno fmt` leaves it. */
export function markdownTable(figures: readonly Figure[]): string {
  return table(figures, ([head, ...rows], widths) => {
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
    return [head!, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("");
  });
}

/** The table for a terminal. */
export function textTable(figures: readonly Figure[]): string {
  return table(figures, (rows) => rows.map((cells) => `${cells.join("  ").trimEnd()}\n`).join(""));
}

function table(
  figures: readonly Figure[],
  draw: (rows: readonly (readonly string[])[], widths: readonly number[]) => string,
): string {
  const rows = [HEAD, ...figures.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  return draw(rows.map((cells) => cells.map((cell, at) => cell.padEnd(widths[at]!))), widths);
}

function row(figure: Figure): readonly string[] {
  const { name, unit, values, target } = figure;
  const verdict = judge(figure);
  return [
    name,
    ...KINDS.map((kind) => measured(values[kind], unit)),
    target === undefined ? "" : limit(target, unit),
    verdict === null ? "" : word(verdict),
  ];
}

function limit(target: Target, unit: string): string {
  if ("timesBare" in target) return `≤ ${number(target.timesBare)} × bare`;
  return `≤ ${number(target.most)} ${unit}`.trimEnd();
}

function word({ met, ratio }: Verdict): string {
  const yesOrNo = met ? "yes" : "no";
  return ratio === undefined ? yesOrNo : `${yesOrNo}: ${number(ratio)} ×`;
}
