import { Secret } from "../../log/mod.ts";

/** A value as it is kept: plain JSON, a secret as its text. */
export type Plain = boolean | number | string | readonly string[];

interface Common {
  /** A change is kept at once, and works from the next boot on. */
  readonly needsReboot?: true;
}

/** A whole number. */
export interface Whole extends Common {
  readonly kind: "whole";
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: "%" | "Wh" | "s" | null;
  /** A CSMS may only raise it. */
  readonly onlyUp?: true;
}

/** Yes or no. */
export interface Flag extends Common {
  readonly kind: "boolean";
  readonly default: boolean;
}

/** A list of words. */
export interface Words extends Common {
  readonly kind: "words";
  readonly default: readonly string[];
  /** All of them, where they can be told apart from anything else. */
  readonly known?: readonly string[];
  readonly mostWords: number;
  /** The spelling of a word; `null`: it is not one of them. */
  readonly read: (word: string) => string | null;
  /** What they are, for a person. */
  readonly allowed: string;
}

/** Any text. `""`: not set. */
export interface Text extends Common {
  readonly kind: "text";
  readonly default: string;
  readonly maxLength: number;
}

/** A text that is never given out. `null`: not set. */
export interface Hidden extends Common {
  readonly kind: "secret";
  readonly default: Secret | null;
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** What can be configured: its kind, bounds, unit and default. */
export type Definition = Flag | Hidden | Text | Whole | Words;

/** A value, or what is wrong with it: a clause that begins with "it". */
export type Parsed = { readonly value: Plain } | { readonly problem: string };

/**
 * Reads a value as a CSMS writes it: `true` in any case, numbers in decimal, lists with commas, around
 * which blanks do not count.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const seconds = { kind: "whole", default: 60, min: 0, max: 3600, unit: "s" } as const;
 * assert.deepEqual(parse(seconds, "300"), { value: 300 });
 * assert.deepEqual(parse(seconds, "-1"), {
 *   problem: 'it must be a whole number from 0 to 3600 s, found: "-1"',
 * });
 * ```
 */
export function parse(definition: Definition, text: string): Parsed {
  switch (definition.kind) {
    case "boolean": {
      const value = { true: true, false: false }[text.trim().toLowerCase()];
      return value === undefined
        ? { problem: `it must be true or false, found: ${quote(text)}` }
        : { value };
    }
    case "whole": {
      const value = /^\s*-?\d+\s*$/.test(text) ? Number(text) : NaN;
      const { min, max, unit } = definition;
      if (value >= min && value <= max) return { value };
      const bounds = `${min} to ${max}${unit === null ? "" : ` ${unit}`}`;
      return { problem: `it must be a whole number from ${bounds}, found: ${quote(text)}` };
    }
    case "words":
      return parseWords(definition, text);
    case "text":
      return text.length <= definition.maxLength ? { value: text } : {
        problem:
          `it must have at most ${definition.maxLength} characters, found: ${text.length} of them`,
      };
    case "secret":
      return definition.pattern.test(text)
        ? { value: text }
        : { problem: `it must be ${definition.allowed}` };
    default:
      return definition satisfies never;
  }
}

function parseWords({ read, allowed, mostWords }: Words, text: string): Parsed {
  const words = new Set<string>();
  for (const found of text.trim() === "" ? [] : text.split(",")) {
    const word = read(found.trim());
    if (word === null) return { problem: `it is made of ${allowed}, found: ${quote(found)}` };
    words.add(word);
  }
  if (words.size <= mostWords) return { value: [...words] };
  return { problem: `it must have at most ${mostWords} words, found: ${words.size} of them` };
}

/** A value as {@link parse} reads it. A secret is written out: look at the kind before. */
export function spell(value: Plain | Secret): string {
  if (value instanceof Secret) return value.reveal();
  return typeof value === "object" ? value.join(",") : String(value);
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
