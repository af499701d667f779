import { Topic } from "../../log/mod.ts";

/** Which stations should be connected and accepted, and which of them are not. */
export class Attendance {
  /** Something changed that {@link Attendance.missing} may answer differently for. */
  readonly changed: Topic<void>;
  readonly #isThere: (id: string) => boolean;
  /** Those that start by themselves, less those that somebody stopped. */
  readonly #wanted = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(isThere: (id: string) => boolean, threw: (error: unknown) => void) {
    this.#isThere = isThere;
    this.changed = new Topic(threw);
  }

  /** Whether a station should be there. */
  wants(id: string): boolean {
    return this.#wanted.has(id);
  }

  /** From now on it should be there, or need not. */
  want(id: string, isWanted: boolean): void {
    if (isWanted) this.#wanted.add(id);
    else this.#wanted.delete(id);
    this.look(id);
  }

  /** Something about a station is new. */
  look(id: string): void {
    if (this.#wanted.has(id) && !this.#isThere(id)) this.#missing.add(id);
    else this.#missing.delete(id);
    this.changed.publish();
  }

  /** Ids of the stations that should be there, and are not. */
  missing(): readonly string[] {
    return [...this.#missing];
  }
}
