import type { Spread } from "./statistics.ts";

/** What is measured: the program, and what stands beside it in the same run. */
export type Kind = "ocpp-emu" | "bare" | "ocpp-rpc";

/** All of them, in the order in which they take turns and are printed. */
export const KINDS = ["ocpp-emu", "bare", "ocpp-rpc"] as const satisfies readonly Kind[];

/** What must be reached: a number, or a multiple of what bare sockets took in the same run. */
export type Target = { readonly most: number } | { readonly timesBare: number };

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** What was not measured is left out. */
  readonly values: Readonly<Partial<Record<Kind, Spread>>>;
  readonly target?: Target;
}

/** Whether a target was reached, and the ratio to bare sockets when the target is one. */
export interface Verdict {
  readonly met: boolean;
  readonly ratio?: number;
}

/** Holds a figure against its target. `null`: it has none, or what it needs was not measured. */
export function judge({ values, target }: Figure): Verdict | null {
  const ours = values["ocpp-emu"]?.median;
  if (target === undefined || ours === undefined) return null;
  if ("most" in target) return { met: ours <= target.most };
  const bare = values.bare?.median;
  if (bare === undefined || bare <= 0) return null;
  return { met: ours <= target.timesBare * bare, ratio: ours / bare };
}
