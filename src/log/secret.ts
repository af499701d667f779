/** What stands where a secret was. */
export const REDACTED = "***";

/**
 * A password, token or key on its way through the program. It prints as `***` in templates, JSON,
 * `console` and log lines; only {@link Secret.reveal} gives the value, so every use can be found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Secret } from "./mod.ts";
 *
 * const password = new Secret("hunter2");
 * assert(`${password}` === "***");
 * assert(JSON.stringify({ password }) === '{"password":"***"}');
 * assert(password.reveal() === "hunter2");
 * ```
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where it goes on the wire, and nowhere earlier. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.for("Deno.customInspect")](): string {
    return REDACTED;
  }
}
