import type { Cause } from "./cause.ts";
import type { TargetChange } from "./connection.ts";
import type { Guide } from "./guide.ts";
import { changedTarget } from "./target.ts";
import type { Target } from "./transport.ts";
import { Trial } from "./trial.ts";

/** Where a client dials, and the trial of that target for as long as it has to prove itself. */
export class Aim {
  #target: Target;
  #trial: Trial | null = null;
  readonly #guide: Guide | undefined;

  constructor(target: Target, guide?: Guide) {
    this.#target = target;
    this.#guide = guide;
  }

  get target(): Target {
    return this.#target;
  }

  get trial(): Trial | null {
    return this.#trial;
  }

  /** Failed dials that wear out no policy, as the guide has it. */
  get spareDials(): number {
    return this.#guide?.spareDials ?? 0;
  }

  /**
   * Takes the target that the guide names for the next dial, unless one is on trial.
   *
   * @throws TypeError when it cannot be used; then nothing has changed
   */
  follow(failures: number, stationId: string): void {
    if (this.#trial !== null) return;
    const change = this.#guide?.nextTarget(failures) ?? null;
    if (change !== null) this.#target = this.changed(change, stationId);
  }

  /**
   * The target that `change` leads to. What has not connected yet is undone by the next change, which
   * builds on what works.
   *
   * @throws TypeError when the URL, the credentials or the subprotocols cannot be used
   */
  changed(change: TargetChange, stationId: string): Target {
    const base = this.#trial?.isOpen === false ? this.#trial.before : this.#target;
    return changedTarget(base, change, stationId);
  }

  /** From now on this is the target; with something to go back to, by trial. */
  turn(target: Target, proven: boolean): Trial | null {
    this.#trial = proven ? new Trial(this.#target) : null;
    this.#target = target;
    return this.#trial;
  }

  /** The connection that stands is a good one. */
  prove(): void {
    if (this.#trial?.isOpen) this.settle(this.#trial, null);
  }

  /** Ends a trial, unless it has ended: `null` keeps the new target, a cause puts the old one back. */
  settle(trial: Trial, cause: Cause | null): void {
    if (this.#trial !== trial) return;
    this.#trial = null;
    if (cause !== null) this.#target = trial.before;
    trial.decide(cause);
  }

  /** Somebody ends the trial: a new target that is open is taken, one that is not never was. */
  callOff(by: string): void {
    const trial = this.#trial;
    if (trial === null) return;
    const message = `${by} came before the new target had connected`;
    this.settle(trial, trial.isOpen ? null : { kind: "asked", message });
  }
}
