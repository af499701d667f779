import { readDuration } from "../config/mod.ts";
import type { MessageFilter, MessageQuery, MessageType } from "../store/mod.ts";
import { Problem } from "./problem.ts";

/** What a message can be asked for that is still to come. */
export const LIVE_PARAMETERS = ["stationId", "direction", "type", "action", "q"] as const;

/** What a message in the log can be asked for. */
export const FILTER_PARAMETERS = [...LIVE_PARAMETERS, "since", "until"] as const;

/** And which part of those that fit. */
export const PAGE_PARAMETERS = [...FILTER_PARAMETERS, "limit", "after"] as const;

type Given<Name extends string> = Readonly<Partial<Record<Name, string>>>;

const DIRECTIONS = { in: true, out: true } as const satisfies Record<"in" | "out", true>;

const TYPES = {
  call: true,
  result: true,
  error: true,
  "result-error": true,
  send: true,
  garbage: true,
} as const satisfies Record<MessageType, true>;

const LARGEST_LIMIT = 1_000;

/** With a day alone, or with a zone: a time without one would be ours, not the reader's. */
const ISO = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** A filter from the query of a URL. @param now milliseconds since 1970, that durations count back from */
export function readFilter(
  given: Given<typeof FILTER_PARAMETERS[number]>,
  now: number,
): MessageFilter {
  for (const [name, value] of Object.entries(given)) {
    if (value === "") {
      throw new Problem(422, `Query parameter "${name}" is empty: give it a value or leave it out`);
    }
  }
  const { stationId, direction, type, action, q } = given;
  const since = readTime("since", given.since, now);
  const until = readTime("until", given.until, now);
  if (since !== undefined && until !== undefined && since > until) {
    throw new Problem(
      422,
      `Cannot look since "${given.since}" until "${given.until}": it is over before it begins`,
    );
  }
  return {
    stationId,
    direction: readChoice("direction", DIRECTIONS, direction),
    type: readChoice("type", TYPES, type),
    action,
    q,
    since,
    until,
  };
}

/** A page of a filter. */
export function readPage(given: Given<typeof PAGE_PARAMETERS[number]>, now: number): MessageQuery {
  const { limit, after, ...filter } = given;
  return {
    ...readFilter(filter, now),
    limit: readWhole("limit", limit, 1, LARGEST_LIMIT),
    after: readWhole("after", after, 0, Number.MAX_SAFE_INTEGER),
  };
}

function readChoice<Name extends string>(
  what: string,
  choices: Readonly<Record<Name, true>>,
  given: string | undefined,
): Name | undefined {
  if (given === undefined) return undefined;
  if (Object.hasOwn(choices, given)) return given as Name;
  const allowed = Object.keys(choices).join(", ");
  throw new Problem(422, `Unknown ${what} "${given}": it must be one of ${allowed}`);
}

function readTime(what: string, given: string | undefined, now: number): number | undefined {
  if (given === undefined) return undefined;
  const ago = readDuration(given);
  if (ago !== undefined) return now - ago;
  const day = ISO.exec(given)?.[1];
  const at = Date.parse(given);
  if (day !== undefined && !Number.isNaN(at) && isDay(day)) return at;
  throw new Problem(
    422,
    `Cannot read ${what} "${given}": write how long ago it was, like 30s, 5m or 2h, or a time ` +
      "like 2026-01-31T12:00:00Z (with + as %2B)",
  );
}

/** The parser takes February 31 for March 3. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function readWhole(
  what: string,
  given: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (/^\d{1,16}$/.test(given) && value >= least && value <= most) return value;
  throw new Problem(
    422,
    `Cannot read ${what} "${given}": it must be a whole number from ${least} to ${most}`,
  );
}
