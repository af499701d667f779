import type { RosterPort } from "../../src/http/mod.ts";
import type { RosterAnswer } from "../../src/station/mod.ts";

/** A roster that does nothing but remember what was asked of it. */
export class FakeRoster implements RosterPort {
  /** What was asked, as the name of the method and its arguments. */
  readonly asked: unknown[][] = [];
  /** What becomes of everything. */
  answer: RosterAnswer = { kind: "done", ids: [], warnings: [] };
  readonly definitions = new Map<string, object>();

  create(value: unknown) {
    return this.#note("create", value);
  }

  clone(id: string, changes: unknown) {
    return this.#note("clone", id, changes);
  }

  import(values: readonly unknown[]) {
    return this.#note("import", values);
  }

  replace(id: string, value: unknown) {
    return this.#note("replace", id, value);
  }

  remove(id: string) {
    return this.#note("remove", id);
  }

  start(id: string) {
    return this.#note("start", id);
  }

  stop(id: string) {
    return this.#note("stop", id);
  }

  definition(id: string) {
    return this.definitions.get(id) as Readonly<Record<string, unknown>> | undefined;
  }

  #note(...asked: unknown[]): Promise<RosterAnswer> {
    this.asked.push(asked);
    return Promise.resolve(this.answer);
  }
}
