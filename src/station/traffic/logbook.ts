import type { Clock } from "../../clock/mod.ts";
import type { Fields, Level, Log } from "../../log/mod.ts";

/** One line of a station's log. */
interface Line {
  readonly at: number;
  readonly stationId: string;
  readonly level: Level;
  readonly message: string;
  readonly fields: Fields | undefined;
}

/** So many lines are remembered, of all stations together. */
const MOST_LINES = 20_000;

/** What stations said in their logs lately: what GetDiagnostics and GetLog upload. One for all stations. */
export class Logbook {
  readonly #log: Log;
  readonly #clock: Pick<Clock, "now">;
  readonly #lines: Line[] = [];
  #next = 0;

  constructor(log: Log, clock: Pick<Clock, "now">) {
    this.#log = log;
    this.#clock = clock;
  }

  /** The log of one station. Its lines go to the program's log too, with the station's id. */
  of(stationId: string): Log {
    return new StationLog(this, stationId, this.#log);
  }

  note(stationId: string, level: Level, message: string, fields: Fields | undefined): void {
    this.#lines[this.#next] = { at: this.#clock.now(), stationId, level, message, fields };
    this.#next = (this.#next + 1) % MOST_LINES;
  }

  /** A station's lines between two times (milliseconds since 1970, both included), oldest first. */
  collect(stationId: string, from: number | null, to: number | null): string {
    const inOrder = [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
    return inOrder
      .filter(({ stationId: id, at }) =>
        id === stationId && (from === null || at >= from) && (to === null || at <= to)
      )
      .map(({ at, level, message, fields }) => {
        const more = fields === undefined ? "" : ` ${JSON.stringify(fields, describe)}`;
        return `${new Date(at).toISOString()} ${level.toUpperCase().padEnd(5)} ${message}${more}\n`;
      }).join("");
  }
}

function describe(_name: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}

class StationLog implements Log {
  readonly #book: Logbook;
  readonly #station: string;
  readonly #log: Log;

  constructor(book: Logbook, station: string, log: Log) {
    this.#book = book;
    this.#station = station;
    this.#log = log;
  }

  debug(message: string, fields?: Fields): void {
    // Too many of them to remember.
    this.#log.debug(message, { station: this.#station, ...fields });
  }

  info(message: string, fields?: Fields): void {
    this.#book.note(this.#station, "info", message, fields);
    this.#log.info(message, { station: this.#station, ...fields });
  }

  warn(message: string, fields?: Fields): void {
    this.#book.note(this.#station, "warn", message, fields);
    this.#log.warn(message, { station: this.#station, ...fields });
  }

  error(message: string, fields?: Fields): void {
    this.#book.note(this.#station, "error", message, fields);
    this.#log.error(message, { station: this.#station, ...fields });
  }

  with(fields: Fields): Log {
    return this.#log.with({ station: this.#station, ...fields });
  }

  enabled(level: Level): boolean {
    return this.#log.enabled(level);
  }
}
