type State = "offline" | "closed" | "online";

/** When a line was there, and when it was accepted too. */
export class LineRecord {
  readonly #changes: { readonly at: number; readonly state: State }[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `closed`: connected, and not accepted. */
  note(state: State): void {
    if (this.#changes.at(-1)?.state !== state) this.#changes.push({ at: this.#now(), state });
  }

  /** `null`: it changed at that moment, or was closed. */
  at(ms: number): "online" | "offline" | null {
    const next = this.#changes.findIndex(({ at }) => at >= ms);
    if (this.#changes[next]?.at === ms) return null;
    const { state } = this.#changes.at(next < 0 ? -1 : next - 1) ?? { state: "closed" };
    return state === "closed" ? null : state;
  }
}
