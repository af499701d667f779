import { isMapping } from "./keys.ts";
import type { Path } from "./problem.ts";

/** A key or list item that the scan is inside of. */
interface Open {
  readonly indent: number;
  readonly isItem: boolean;
  readonly path: Path;
  /** How many items it has had so far. */
  items: number;
}

/** Where something is written. */
interface Place {
  readonly line: number;
  /** Whether everything below it stands on the same line. */
  readonly inline: boolean;
}

/**
 * Tells on which line of a YAML text a key stands, from its indentation. It is not a second parser:
 * what it finds counts only where `tree`, the parsed text, has that key and no other line claims it.
 * Where it is unsure it says nothing.
 */
export function createLocator(text: string, tree: unknown): (path: Path) => number | undefined {
  let places: Map<string, Place | null> | undefined;

  return (path) => {
    places ??= scan(text);
    let known = path;
    while (known.length > 0 && !hasPath(tree, known)) known = known.slice(0, -1);
    const exact = places.get(keyOf(known));
    if (exact) return exact.line;
    for (let above = known.slice(0, -1); above.length > 0; above = above.slice(0, -1)) {
      const place = places.get(keyOf(above));
      if (place) return place.inline ? place.line : undefined;
    }
    return undefined;
  };
}

/**
 * Text that goes on over several lines stands deeper than its key, so what looks like a key in it gets
 * a path below a text, which the tree does not have. `null`: two lines claim the same key.
 */
function scan(text: string): Map<string, Place | null> {
  const places = new Map<string, Place | null>();
  const open: Open[] = [{ indent: -1, isItem: false, path: [], items: 0 }];
  const lines = text.split(/\r?\n/);

  function enter(indent: number, isItem: boolean, part: string | undefined, place: Place): void {
    while (
      top(open).indent > indent || (top(open).indent === indent && (!isItem || top(open).isItem))
    ) {
      open.pop();
    }
    const parent = top(open);
    const path = [...parent.path, part ?? parent.items++];
    open.push({ indent, isItem, path, items: 0 });
    const key = keyOf(path);
    places.set(key, places.has(key) ? null : place);
  }

  for (const [index, line] of lines.entries()) {
    let indent = line.search(/[^ ]/);
    if (indent < 0 || /^\s*(#|$)/.test(line)) continue;
    let rest = line.slice(indent);
    if (indent === 0 && /^(---|\.\.\.|%)/.test(rest)) continue;
    const goesOn = indentOfNext(lines, index) > indent;
    for (let item = ITEM.exec(rest); item !== null; item = ITEM.exec(rest)) {
      const below = rest.slice(item[0].length);
      enter(indent, true, undefined, { line: index + 1, inline: below !== "" && !goesOn });
      indent += item[0].length;
      rest = below;
    }
    const key = KEY.exec(rest);
    if (key === null) continue;
    const below = rest.slice(key[0].length);
    const inline = below !== "" && !below.startsWith("#") &&
      indentOfNext(lines, index) <= indent;
    enter(indent, false, unquote(key[1] ?? ""), { line: index + 1, inline });
  }
  return places;
}

const ITEM = /^-( +|$)/;
const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#&*!|>%@`[\]{},?:-][^:#]*?)\s*:(?:\s+|$)/;

/** Lists may start at the indentation of their key, so a `-` there counts as deeper. */
function indentOfNext(lines: readonly string[], index: number): number {
  for (let next = index + 1; next < lines.length; next++) {
    const line = lines[next] ?? "";
    if (/^\s*(#|$)/.test(line)) continue;
    return line.search(/\S/);
  }
  return -1;
}

function top(open: readonly Open[]): Open {
  return open[open.length - 1] as Open;
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

function unquote(key: string): string {
  if (key.startsWith("'")) return key.slice(1, -1).replaceAll("''", "'");
  if (!key.startsWith('"')) return key;
  try {
    return JSON.parse(key);
  } catch {
    return key;
  }
}

/** Whether a parsed tree has this key or list item. */
export function hasPath(tree: unknown, path: Path): boolean {
  let value = tree;
  for (const part of path) {
    if (typeof part === "number") {
      if (!Array.isArray(value) || part >= value.length) return false;
      value = value[part];
    } else {
      if (!isMapping(value) || !Object.hasOwn(value, part)) return false;
      value = value[part];
    }
  }
  return true;
}
