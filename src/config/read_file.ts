import { describeError } from "../log/mod.ts";

/** Reads a text file. Throws what the system throws. */
export type ReadFile = (path: string) => string;

/** What the usual errors mean, by their name. */
const REASONS: Readonly<Record<string, string>> = {
  NotFound: "it does not exist",
  NotADirectory: "a part of the path is no folder",
  IsADirectory: "it is a folder",
  PermissionDenied: "permission denied",
  NotCapable: "permission denied",
};

/** The text, or in a few words why it cannot be read. */
export function readOrReason(
  readFile: ReadFile,
  path: string,
): { text: string } | { reason: string } {
  try {
    return { text: readFile(path) };
  } catch (thrown) {
    const known = thrown instanceof Error ? REASONS[thrown.name] : undefined;
    return { reason: known ?? describeError(thrown) };
  }
}
