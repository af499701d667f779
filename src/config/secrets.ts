import { resolve } from "node:path";
import { Secret } from "../log/mod.ts";
import { REFERENCE } from "./fields.ts";
import { isMapping } from "./keys.ts";
import { type ReadFile, readOrReason } from "./read_file.ts";

/** Where references lead. */
export interface SecretSources {
  readonly environment: Readonly<Record<string, string>>;
  readonly readFile: ReadFile;
  /** Where relative paths start. */
  readonly folder: string;
}

/**
 * Resolves `${NAME}` and `{ file: path }`; any other value comes back as it is. What cannot be resolved
 * is told to `complain`.
 */
export function resolveSecret(
  value: unknown,
  sources: SecretSources,
  complain: (message: string) => void,
): unknown {
  const found = lookUp(value, sources);
  if (found === undefined) return value;
  if ("secret" in found) return new Secret(found.secret);
  complain(found.message);
  // Present, so that nothing calls it missing as well.
  return new Secret("");
}

function lookUp(
  value: unknown,
  { environment, readFile, folder }: SecretSources,
): { secret: string } | { message: string } | undefined {
  const name = typeof value === "string" ? REFERENCE.exec(value)?.[1] : undefined;
  if (name !== undefined) {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      return {
        message: 'Must name one variable as in "${NAME}", or be quoted text without braces',
      };
    }
    const secret = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (secret === undefined) return { message: `Environment variable "${name}" is not set` };
    if (secret === "") return { message: `Environment variable "${name}" is empty` };
    return { secret };
  }
  if (!isMapping(value)) return undefined;
  const { file } = value;
  if (typeof file !== "string" || file === "" || Object.keys(value).length > 1) {
    return { message: "Must be a text, or a mapping with the one key file: the path of a file" };
  }
  const path = resolve(folder, file);
  const read = readOrReason(readFile, path);
  if ("reason" in read) return { message: `Cannot read the secret file "${path}": ${read.reason}` };
  const secret = read.text.replace(/^\ufeff/, "").replace(/\r?\n$/, "");
  return secret === "" ? { message: `The secret file "${path}" is empty` } : { secret };
}
