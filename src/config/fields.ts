import * as z from "zod";
import { Secret } from "../log/mod.ts";
import { unknownKey } from "./nearest.ts";

/** The part of a zod issue that a refusal looks at. */
interface Refused {
  readonly input?: unknown;
}

/** A whole value that stands for something outside the file: `${NAME}`. */
export const REFERENCE = /^\$\{([^{}]*)\}$/;

/** The sentence for a value that is not what it must be. */
export function mustBe(allowed: string, found: unknown, hint = ""): string {
  if (found === undefined) return `Is missing: it must be ${allowed}`;
  return `Must be ${allowed}, found: ${describe(found)}${hint}`;
}

/** What was found, short, on one line; of a list or a mapping not the contents. */
export function describe(found: unknown): string {
  if (found === null || found === undefined) return "nothing";
  if (Array.isArray(found)) return "a list";
  if (found instanceof Date) return "a date";
  if (typeof found === "object") return "a mapping";
  if (typeof found !== "string") return String(found);
  if (found.includes("-----BEGIN")) return "a PEM text";
  return JSON.stringify(found.length > 60 ? `${found.slice(0, 60)}…` : found);
}

function refuse(allowed: string): (issue: Refused) => string {
  return ({ input }) => mustBe(allowed, input);
}

/** What YAML may have turned into something else because it was not quoted. */
function quoteHint(found: unknown): string {
  const unquoted = typeof found === "number" || typeof found === "boolean" ||
    found instanceof Date;
  return unquoted ? " (quote it)" : "";
}

/** A mapping with these keys and no others. */
export function mapping<S extends z.ZodRawShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? unknownKeys(issue.keys, known)
        : mustBeKind("a mapping", issue.input),
  });
}

/** How many unknown keys are looked up in what is known: a body of a megabyte may hold 100,000. */
const MOST_UNKNOWN = 10;

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  const told = keys.slice(0, MOST_UNKNOWN).map((key) => unknownKey(key, known));
  const more = keys.length - told.length;
  return [...told, ...(more > 0 ? [`… and ${more} more`] : [])].join("; ");
}

/** A list of these. */
export function list<T extends z.ZodType>(item: T, min = 0, max = 1_000_000): z.ZodArray<T> {
  const error = ({ input }: Refused) =>
    Array.isArray(input)
      ? `Must be a list of ${min} to ${max} entries, found: ${input.length}`
      : mustBeKind("a list", input);
  return z.array(item, { error }).check(z.minLength(min, { error }), z.maxLength(max, { error }));
}

/** A text where a mapping or a list belongs may be a secret in the wrong place: only its type. */
function mustBeKind(allowed: string, input: unknown): string {
  return typeof input === "string" ? `Must be ${allowed}, found: a text` : mustBe(allowed, input);
}

/**
 * A text. Numbers are refused: YAML may have changed them. Here and below one `check` takes what `min`,
 * `max` and `refine` would each make a schema of, which every start pays for.
 */
export function text(max: number, min = 1): z.ZodString {
  const allowed = `a text of ${min} to ${max} characters`;
  const error = ({ input }: Refused) => mustBe(allowed, input, quoteHint(input));
  return z.string({ error }).check(
    z.minLength(min, { error }),
    z.maxLength(max, { error }),
    WRITTEN_OUT,
  );
}

const WRITTEN_OUT = z.refine<string>((value) => !REFERENCE.test(value), {
  error: 'Must be written out: "${NAME}" stands for secrets only',
});

/** The path of a file, `""` for none. */
export function filePath(): z.ZodString {
  return text(4096, 0).refine((path) => !path.includes("-----BEGIN"), {
    error: "Must be the path of a PEM file, found: the PEM text itself",
  });
}

/** A whole number. */
export function whole(min: number, max: number): z.ZodInt {
  const error = refuse(`a whole number from ${min} to ${max}`);
  return z.int({ error }).check(z.gte(min, { error }), z.lte(max, { error }));
}

/** A number; `above` excludes the lower bound. */
export function number(bounds: { from?: number; above?: number; to: number }): z.ZodNumber {
  const { from, above, to } = bounds;
  const lower = above === undefined ? `from ${from}` : `above ${above}`;
  const error = refuse(`a number ${lower} to ${to}`);
  const least = above === undefined ? z.gte(from ?? 0, { error }) : z.gt(above, { error });
  return z.number({ error }).check(z.lte(to, { error }), least);
}

/** `true` or `false`. */
export function flag(): z.ZodBoolean {
  return z.boolean({ error: refuse("true or false") });
}

/** One of these words. */
export function choice<const T extends readonly [string, ...string[]]>(
  words: T,
): z.ZodEnum<z.util.ToEnum<T[number]>> {
  const allowed = `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
  return z.enum(words, { error: refuse(allowed) });
}

const SECRET_OR_TEXT = [z.string(), z.instanceof(Secret)] as const;

/** Schemas whose values no error and no log line may show. */
const SECRETS = new WeakSet<z.ZodType>();

/** Whether the values of this schema are secrets. Ask with the innermost schema. */
export function isSecret(schema: z.ZodType): boolean {
  return SECRETS.has(schema);
}

/**
 * A secret: a text, or a {@link Secret} where a reference was resolved already. References
 * themselves are refused: whoever may use them resolves them first.
 */
export function secret(options: { empty?: true; check?: RegExp; allowed?: string } = {}) {
  const allowed = options.allowed ?? "a secret text";
  const schema = z.union(SECRET_OR_TEXT, {
    error: ({ input }) =>
      typeof input === "object" && input !== null && "file" in input
        ? "Must be a text: references to a file work in config.yaml only"
        : input === undefined
        ? `Is missing: it must be ${allowed}`
        : `Must be ${allowed}, found: ${secretType(input)}${quoteHint(input)}`,
  }).transform((given, context): Secret => {
    const value = given instanceof Secret ? given.reveal() : given;
    const complain = (message: string) => context.addIssue({ code: "custom", message });
    if (typeof given === "string" && REFERENCE.test(given)) {
      complain('Must be a text: "${NAME}" works in config.yaml only');
    } else if (value === "" ? !options.empty : options.check?.test(value) === false) {
      complain(`Must be ${allowed}, found: ${secretType(value)}`);
    }
    return given instanceof Secret ? given : new Secret(given);
  });
  SECRETS.add(schema);
  return schema;
}

/** Type and length class, and nothing that helps to guess. */
function secretType(input: unknown): string {
  if (typeof input === "number" || typeof input === "boolean") return `a ${typeof input}`;
  if (typeof input !== "string") return describe(input);
  if (input === "") return "an empty text";
  return input.length < 16
    ? "a text of fewer than 16 characters"
    : input.length > 40
    ? "a text of more than 40 characters"
    : "a text of 16 to 40 characters";
}
