import { rest } from "./until.ts";

/** Asks the same question over and over, one at a time, and remembers how long each answer took. */
export class Probe {
  readonly ms: number[] = [];
  readonly #url: string;
  readonly #everyMs: number;
  readonly #asking: Promise<void>;
  #isOn = true;

  constructor(url: string, everyMs: number) {
    this.#url = url;
    this.#everyMs = everyMs;
    this.#asking = this.#ask();
  }

  /** The last answer has come when it resolves. @throws what asking threw */
  async stop(): Promise<readonly number[]> {
    this.#isOn = false;
    await this.#asking;
    return this.ms;
  }

  async #ask(): Promise<void> {
    while (this.#isOn) {
      const since = performance.now();
      await (await fetch(this.#url)).arrayBuffer();
      this.ms.push(performance.now() - since);
      await rest(this.#everyMs);
    }
  }
}
