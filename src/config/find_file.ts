import { resolve } from "node:path";
import { ConfigError } from "./problem.ts";

const FILE_NAME = "config.yaml";

/**
 * The file to read: `explicit`, else config.yaml in the working folder, else beside the executable;
 * `null` when there is none.
 *
 * @throws ConfigError when `explicit` does not exist
 */
export function findConfigFile(where: {
  readonly explicit: string | undefined;
  readonly workingFolder: string;
  /** `null` when the program runs from source. */
  readonly executableFolder: string | null;
  readonly exists: (path: string) => boolean;
}): string | null {
  const { explicit, workingFolder, executableFolder, exists } = where;
  if (explicit !== undefined) {
    const path = resolve(workingFolder, explicit);
    if (exists(path)) return path;
    const message = `Must name an existing file, found none at "${path}"`;
    throw new ConfigError([{ source: "command line", path: "--config", message }]);
  }
  const folders = executableFolder === null ? [workingFolder] : [workingFolder, executableFolder];
  return folders.map((folder) => resolve(folder, FILE_NAME)).find(exists) ?? null;
}
