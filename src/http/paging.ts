import { Problem } from "./problem.ts";

const LARGEST_LIMIT = 10_000;

/** After so many others have their turn: 10,000 in one go would stop the sockets for half a second. */
const SLICE = 250;

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

/** Where the entries of a page come from. */
export interface PageSource<T> {
  /** Those that come or go meanwhile may be missed. */
  readonly ids: Iterable<string>;
  isKnown(id: string): boolean;
  /** Those it makes none of count for nothing. */
  find(id: string): T | undefined;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

/**
 * The entries of one page, in the order of the ids, each as it is when its turn comes. `after` must be an
 * id that is known, but need not be on the list.
 */
export async function takePage<T>(
  { ids, isKnown, find, pause }: PageSource<T>,
  query: PageQuery,
): Promise<Page<T>> {
  const limit = readLimit(query.limit);
  const { after = "" } = query;
  if (after !== "" && !isKnown(after)) {
    throw new Problem(422, `Cannot list what comes after "${after}": there is no such station`);
  }
  const entries: T[] = [];
  let last: string | null = null;
  let skipping = after !== "";
  let looked = 0;
  for (const id of ids) {
    if (++looked % SLICE === 0) await pause();
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
