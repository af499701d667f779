import type { HarnessOptions, StationHarness } from "../../../support/station_harness.ts";
import type { Version } from "../../v2/support.ts";
import { withStation } from "./support.ts";
import { USE_CASES_201, USE_CASES_21, type UseCase } from "./use_cases.ts";

/** The use cases of each version. */
export const USE_CASES: Readonly<Record<Version, Readonly<Record<string, UseCase>>>> = {
  "2.0.1": USE_CASES_201,
  "2.1": USE_CASES_21,
};

/** The sentences of the tests that walk a use case, by version and number. */
export const WALKED: Readonly<Record<Version, Map<string, string[]>>> = {
  "2.0.1": new Map(),
  "2.1": new Map(),
};

/** A story that a station lives through, and what it is made of. */
type Walk = (station: StationHarness, version: Version) => Promise<void>;

/** Tests that walk use cases of part 2, one for each version that has them all. */
export function useCase(
  numbers: readonly string[],
  sentence: string,
  walk: Walk,
  options: Omit<HarnessOptions, "version"> & { readonly booted?: boolean } = {},
): void {
  let isKnown = false;
  for (const version of ["2.0.1", "2.1"] as const) {
    if (!numbers.every((number) => Object.hasOwn(USE_CASES[version], number))) continue;
    isKnown = true;
    for (const number of numbers) {
      WALKED[version].set(number, [...WALKED[version].get(number) ?? [], sentence]);
    }
    Deno.test(`${version} ${numbers.join(", ")}: ${sentence}`, () =>
      withStation(version, (station) => walk(station, version), options));
  }
  if (!isKnown) throw new TypeError(`No version has the use cases ${numbers.join(", ")}`);
}
