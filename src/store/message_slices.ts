import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type LoggedMessage, type MessageFilter, seqRange } from "./message.ts";

/** So many rows one step looks at, whatever it looks for: a few milliseconds. */
const ROWS_LOOKED_AT = 5_000;
const ROWS_REMOVED = 1_000;

/** A way to find the rows of a filter: an index, or the table, with the part of the filter that it serves. */
interface Way {
  readonly source: string;
  readonly where: string;
  readonly values: readonly (string | number)[];
}

/** What one step has done. `below`: where the next one begins; `null`: this was the last. */
export interface Slice<T> {
  readonly result: T;
  readonly below: number | null;
}

/**
 * Goes through the log newest first, a bounded number of rows a step, along the index that leads past the
 * fewest of them. Statements are prepared once per shape of filter.
 */
export class MessageSlices {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Those below a place that match, at most `limit`. */
  select(filter: MessageFilter, below: number, limit: number): Slice<LoggedMessage[]> {
    const step = this.#step(filter, below, ROWS_LOOKED_AT);
    const sql = `SELECT * FROM ${step.source} WHERE ${step.where} ORDER BY seq DESC LIMIT ?`;
    const result = this.#prepare(sql).all(...step.values, limit) as unknown as LoggedMessage[];
    const isCut = result.length === limit;
    return { result, below: isCut ? result.at(-1)?.seq ?? null : step.next };
  }

  /** Removes those below a place that match, and answers how many. */
  remove(filter: MessageFilter, below: number): Slice<number> {
    const step = this.#step(filter, below, ROWS_REMOVED);
    const sql = `DELETE FROM ${step.source} WHERE ${step.where}`;
    return { result: Number(this.#prepare(sql).run(...step.values).changes), below: step.next };
  }

  /** The SQL that a step of `select` runs, for those who want to see its plan. */
  explain(filter: MessageFilter, below: number): string[] {
    const step = this.#step(filter, below, ROWS_LOOKED_AT);
    const sql = `EXPLAIN QUERY PLAN SELECT * FROM ${step.source} WHERE ${step.where}
      ORDER BY seq DESC LIMIT 100`;
    return this.#db.prepare(sql).all(...step.values).map(({ detail }) => String(detail));
  }

  #step(filter: MessageFilter, below: number, rows: number): Way & { next: number | null } {
    const [from, until] = seqRange(filter);
    const top = Math.min(below, until);
    const ways = waysOf(filter);
    let bottom: number | null = null;
    let chosen = ways[0]!;
    for (const way of ways) {
      const end = this.#bottom(way, from, top, rows);
      if (end !== null && bottom !== null) continue;
      [bottom, chosen] = [end, way];
      if (end === null) break;
    }
    const rest = restOf(filter);
    return {
      source: chosen.source,
      where: `${chosen.where} AND seq < ? AND seq >= ?${rest.where}`,
      values: [...chosen.values, top, bottom ?? from, ...rest.values],
      next: bottom,
    };
  }

  /** The place of the last row of a step along this way; `null`: the step reaches the end. */
  #bottom({ source, where, values }: Way, from: number, top: number, rows: number): number | null {
    const sql = `SELECT seq FROM ${source} WHERE ${where} AND seq < ? AND seq >= ?
      ORDER BY seq DESC LIMIT 1 OFFSET ?`;
    const row = this.#prepare(sql).get(...values, top, from, rows - 1);
    return row === undefined ? null : Number(row.seq);
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, statement = this.#db.prepare(sql));
    return statement;
  }
}

const FAILED = "type IN ('error', 'result-error', 'garbage')";

/** Every index that serves the filter, usually the narrowest first; the table when there is none. */
function waysOf({ stationId, type, action }: MessageFilter): Way[] {
  const ways: Way[] = [];
  if (type === "error" || type === "result-error" || type === "garbage") {
    const where = `${FAILED} AND type = ?`;
    ways.push({ source: "messages INDEXED BY messages_failed", where, values: [type] });
  }
  if (stationId !== undefined) {
    const source = "messages INDEXED BY messages_station";
    ways.push({ source, where: "stationId = ?", values: [stationId] });
  }
  if (action !== undefined) {
    const source = "messages INDEXED BY messages_action";
    ways.push({ source, where: "action = ?", values: [action] });
  }
  return ways.length > 0 ? ways : [{ source: "messages", where: "TRUE", values: [] }];
}

/** All of the filter but its times. What the index has served already costs nothing to ask again. */
function restOf(filter: MessageFilter): { where: string; values: string[] } {
  let where = "";
  const values: string[] = [];
  for (const name of ["stationId", "direction", "type", "action"] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    where += ` AND +${name} = ?`;
    values.push(value);
  }
  if (filter.q !== undefined) {
    where += " AND text LIKE ? ESCAPE '\\'";
    values.push(`%${filter.q.replace(/[\\%_]/g, "\\$&")}%`);
  }
  return { where, values };
}
