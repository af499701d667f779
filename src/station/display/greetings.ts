import type { DisplayContent } from "./display_message.ts";

const NONE: Readonly<Record<number, DisplayContent>> = {};

/** What the CSMS says to the driver who stands at a connector (personalMessage of 2.x, C01). */
export class Greetings {
  #all = NONE;

  /** `null`: nobody is spoken to. */
  of(connectorId: number): DisplayContent | null {
    return this.#all[connectorId] ?? null;
  }

  /** In the place of what was said there before; `null`: nothing any more. */
  say(connectorId: number, message: DisplayContent | null): void {
    const { [connectorId]: before, ...others } = this.#all;
    if (message !== null) this.#all = { ...others, [connectorId]: message };
    else if (before !== undefined) this.#all = others;
  }
}
