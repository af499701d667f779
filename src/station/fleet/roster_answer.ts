import type { StationProblem } from "../../config/mod.ts";

/** What became of something that was asked about stations. Sentences are for the person who asked. */
export type RosterAnswer =
  /** `ids`: those it was about. */
  | { readonly kind: "done"; readonly ids: readonly string[]; readonly warnings: readonly string[] }
  | { readonly kind: "unknown" }
  /** How things stand forbids it. Nothing has changed. */
  | { readonly kind: "refused"; readonly reason: string }
  /** What was asked for is not a station. Nothing has changed. */
  | { readonly kind: "invalid"; readonly problems: readonly StationProblem[] }
  /** It cannot be kept over a restart. Nothing has changed. */
  | { readonly kind: "unkept"; readonly reason: string };

/** It is done. */
export function done(ids: readonly string[], warnings: readonly string[] = []): RosterAnswer {
  return { kind: "done", ids, warnings };
}

/** Why it cannot be done as things stand. */
export function refused(reason: string): RosterAnswer {
  return { kind: "refused", reason };
}
