import type { Clock } from "../clock/mod.ts";
import { describeError } from "./describe_error.ts";
import { isoTime } from "./iso_time.ts";
import { REDACTED, Secret } from "./secret.ts";
import type { LineSink } from "./sink.ts";

/** From the most talkative to the most serious. */
export const LEVELS = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof LEVELS)[number];

/** `json`: one object a line. `text`: for people. */
export type LogFormat = "json" | "text";

/** Named values beside the message. Errors are described, secrets redacted. */
export type Fields = Readonly<Record<string, unknown>>;

/** Where a room says what it did. Never throws, never waits. */
export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** The same log with fields that every line of it carries. */
  with(fields: Fields): Log;
  /** Whether a line of this level would be written: ask before building a costly one. */
  enabled(level: Level): boolean;
}

/** What {@link createLog} needs. */
export interface LogOptions {
  readonly level: Level;
  readonly format: LogFormat;
  readonly sink: LineSink;
  readonly clock: Pick<Clock, "now">;
}

/** A field of this name is a secret whatever its value; an idToken is what a driver shows everybody. */
const SECRET_NAME =
  /passw|passphrase|secret|(?<!id)token$|^auth(orization)?(_?key)?$|private_?key/i;

/** A log that writes to a sink. */
export function createLog(options: LogOptions): Log {
  const lowest = LEVELS.indexOf(options.level);
  const render = options.format === "json" ? renderJson : renderText;

  function logWith(own: Fields): Log {
    function write(level: Level, message: string, fields: Fields = {}): void {
      if (LEVELS.indexOf(level) < lowest) return;
      try {
        const time = isoTime(options.clock.now());
        options.sink.write(render(time, level, message, { ...own, ...fields }));
      } catch (thrown) {
        // A field that cannot be rendered must not take the line, or the caller, with it.
        options.sink.write(`${level} ${message} (fields lost: ${describeError(thrown)})`);
      }
    }
    return {
      debug: (message, fields) => write("debug", message, fields),
      info: (message, fields) => write("info", message, fields),
      warn: (message, fields) => write("warn", message, fields),
      error: (message, fields) => write("error", message, fields),
      with: (fields) => logWith({ ...own, ...fields }),
      enabled: (level) => LEVELS.indexOf(level) >= lowest,
    };
  }
  return logWith({});
}

/** A log that says nothing. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  with: () => silentLog,
  enabled: () => false,
};

function plain(name: string, value: unknown): unknown {
  if (SECRET_NAME.test(name) && value !== null && value !== undefined) return REDACTED;
  if (value instanceof Error) return describeError(value);
  if (typeof value === "bigint") return value.toString();
  return value;
}

function renderJson(time: string, level: Level, message: string, fields: Fields): string {
  return JSON.stringify({ time, level, message, ...fields }, plain);
}

function renderText(time: string, level: Level, message: string, fields: Fields): string {
  let line = `${time} ${level.toUpperCase().padEnd(5)} ${oneLine(message)}`;
  for (const [name, raw] of Object.entries(fields)) {
    if (raw === undefined) continue;
    line += ` ${name}=${renderValue(plain(name, raw))}`;
  }
  return line;
}

function renderValue(value: unknown): string {
  if (value instanceof Secret) return REDACTED;
  const text = typeof value === "string" ? value : JSON.stringify(value, plain) ?? String(value);
  return typeof value === "string" && /[\s="\p{Cc}]/u.test(text) ? JSON.stringify(text) : text;
}

/** A peer's text must not be able to forge a second line. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}
