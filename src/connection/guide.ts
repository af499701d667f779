import type { TargetChange } from "./connection.ts";

/** Whoever has a say in where a connection dials. What it throws is reported and changes nothing. */
export interface Guide {
  /**
   * Asked before each dial but those of a target on trial: what the target is to be from now on;
   * `null`: what it was.
   *
   * @param failures failed dials in a row
   */
  nextTarget(failures: number): TargetChange | null;
  /** Failed dials that a round through its targets may take beyond those to one: they wear out no policy. */
  readonly spareDials: number;
}
