import type * as z from "zod";
import { formatPath } from "../config/mod.ts";
import { Problem } from "./problem.ts";

/** How many things that are wrong with a body are told. */
const MOST_TOLD = 20;

/** What a schema makes of a body. All that is wrong with it is one 422, with `errors` for programs. */
export function checkBody<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.output<Schema> {
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  const errors = checked.error.issues.slice(0, MOST_TOLD).map(({ path, message }) => ({
    path: formatPath(path.map((part) => typeof part === "number" ? part : String(part))),
    message,
  }));
  throw invalidBody(errors);
}

/** One thing that is wrong with a body: `path` is `""` for the whole of it. */
interface BodyError {
  readonly path: string;
  /** What is allowed and what was found. */
  readonly message: string;
}

/** What is said of a body that is JSON, but not what it must be. */
export function invalidBody(errors: readonly BodyError[]): Problem {
  const sentences = errors.map(({ path, message }) => `${path || "body"}: ${message}`);
  return new Problem(422, sentences.join("; "), { members: { errors } });
}
