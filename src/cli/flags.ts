import { type Level, LEVELS } from "../log/mod.ts";
import { UsageError } from "./usage.ts";

/** The value of `--port`. @throws UsageError when it is none */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`Cannot use --port "${text}": it is a number from 0 to 65535`);
}

/** The value of `--log-level`. @throws UsageError when it is none */
export function readLevel(text: string | undefined): Level | undefined {
  const level = LEVELS.find((level) => level === text);
  if (text === undefined || level !== undefined) return level;
  throw new UsageError(`Cannot use --log-level "${text}": it is one of ${LEVELS.join(", ")}`);
}
