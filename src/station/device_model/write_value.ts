import type { Charger } from "../charger.ts";
import type { Written } from "../settings/settings.ts";
import type { Variable } from "./variable.ts";

/**
 * For a CSMS: checks a value and keeps it (B05). Everything that can be written is a setting, whose effect
 * waits until `announce` is called.
 */
export function writeValue({ settings }: Charger, { definition }: Variable, text: string): Written {
  const { component, variable, setting, mutability, values } = definition;
  if (setting === null || mutability === "ReadOnly") {
    return rejected(`Cannot set "${component}.${variable}": it is read-only`);
  }
  const unknown = values === null
    ? undefined
    : wordsOf(text).find((word) => !isOneOf(values, word));
  if (unknown === undefined) return settings.write(setting, text);
  return rejected(
    `Cannot set "${component}.${variable}": it is made of ${values?.join(", ")}, found: ${
      JSON.stringify(unknown.slice(0, 40))
    }`,
  );
}

function wordsOf(text: string): readonly string[] {
  return text.split(",").map((word) => word.trim().toLowerCase()).filter((word) => word !== "");
}

function isOneOf(values: readonly string[], word: string): boolean {
  return values.some((value) => value.toLowerCase() === word);
}

function rejected(reason: string): Written {
  return { verdict: "rejected", reason };
}
