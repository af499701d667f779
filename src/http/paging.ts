import { Problem } from "./problem.ts";

const LARGEST_LIMIT = 10_000;

/** Which part of a list is wanted; nothing given is all of it. */
export interface PageQuery {
  readonly limit?: string;
  /** The id after which the page starts. */
  readonly after?: string;
}

/** A part of a list. */
export interface Page<T> {
  readonly entries: readonly T[];
  /** The id to give as `after` for the next page; `null`: this was the last. */
  readonly next: string | null;
}

/**
 * The entries that `find` makes of the ids on one page, in the order of the ids; those it makes none
 * of count for nothing. `after` must be an id that `isKnown`, but need not be on the list.
 */
export function takePage<T>(
  ids: Iterable<string>,
  query: PageQuery,
  isKnown: (id: string) => boolean,
  find: (id: string) => T | undefined,
): Page<T> {
  const limit = readLimit(query.limit);
  const { after = "" } = query;
  if (after !== "" && !isKnown(after)) {
    throw new Problem(422, `Cannot list what comes after "${after}": there is no such station`);
  }
  const entries: T[] = [];
  let last: string | null = null;
  let skipping = after !== "";
  for (const id of ids) {
    if (skipping) {
      skipping = id !== after;
      continue;
    }
    const entry = find(id);
    if (entry === undefined) continue;
    if (entries.length === limit) return { entries, next: last };
    entries.push(entry);
    last = id;
  }
  return { entries, next: null };
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const limit = Number(text);
  if (!/^\d{1,5}$/.test(text) || limit < 1 || limit > LARGEST_LIMIT) {
    throw new Problem(
      422,
      `Cannot read limit "${text}": it must be a whole number from 1 to ${LARGEST_LIMIT}`,
    );
  }
  return limit;
}
