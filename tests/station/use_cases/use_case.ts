import { SECTIONS } from "./sections.ts";

/** The sentences of the tests that walk a section, by its number. */
export const WALKED = new Map<string, string[]>();

/** A test that walks sections of the 1.6 specification (`§4.1`) or use cases of its security whitepaper (`A02`). */
export function useCase(
  sections: readonly string[],
  sentence: string,
  walk: () => Promise<void>,
): void {
  for (const section of sections) {
    if (!Object.hasOwn(SECTIONS, section)) throw new TypeError(`There is no section "${section}"`);
    WALKED.set(section, [...WALKED.get(section) ?? [], sentence]);
  }
  const source = sections[0]!.startsWith("§") ? "1.6" : "whitepaper";
  Deno.test(`${source} ${sections.join(", ")}: ${sentence}`, walk);
}
