import { parse } from "@std/yaml";
import { isMapping } from "./keys.ts";

/** What a YAML text says, or why it says nothing. */
export type Parsed =
  | { readonly value: unknown }
  | { readonly message: string; readonly line?: number; readonly column?: number };

/** The parser's warnings would quote the text, secrets included, on standard error. */
const OPTIONS: object = { logLevel: "error" };

/** Parses one YAML (or JSON) document. Never throws; its messages never quote the text. */
export function parseYaml(text: string): Parsed {
  try {
    return { value: parse(text, OPTIONS) };
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : "";
    const place = /at line (\d+), column (\d+)/.exec(said);
    const message = `${syntaxSentence(said)}${flowHint(text, Number(place?.[1] ?? 0))}`;
    if (place === null) return { message };
    return { message, line: Number(place[1]), column: Number(place[2]) };
  }
}

/** What a file's YAML must be: a mapping, or nothing at all. */
export function topLevelMapping(value: unknown): Record<string, unknown> | undefined {
  if (value === null || value === undefined) return {};
  return isMapping(value) ? value : undefined;
}

/** The parser's own words up to where it starts to quote the text. */
function syntaxSentence(said: string): string {
  const words = (said.split("\n")[0] ?? "").replace(/\s*\(?at line .*/, "");
  const clean = (words.split(/[:"'`\\%!<*&]/)[0] ?? "").trim();
  if (/alias/i.test(clean)) return `Invalid YAML: ${clean}; quote a text that starts with "*"`;
  if (/tabs?\b/i.test(clean)) {
    return "Invalid YAML: tabs are not allowed as indentation, use spaces";
  }
  return clean === "" ? "Invalid YAML" : `Invalid YAML: ${clean}`;
}

/** In flow style braces inside a plain text start a mapping. The fault may show a line later. */
function flowHint(text: string, line: number): string {
  const lines = text.split("\n").slice(Math.max(0, line - 2), line).join("\n");
  if (!/\$\{|\{\d+\.\.\d+\}/.test(lines)) return "";
  return '; inside { } and [ ] quote what has braces, like "${NAME}" or "CP{0001..1000}"';
}
