/** Who pays for a connector in a browser right now (2.1 C25). Nothing of it outlives the program. */
export class WebPayments {
  readonly #now: () => number;
  /** Until when, by connector: milliseconds since 1970. `null`: nobody ever did. */
  #until: Map<number, number> | null = null;

  /** @param now the station's clock: milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Somebody has so many seconds for it. */
  started(connectorId: number, seconds: number): void {
    (this.#until ??= new Map()).set(connectorId, this.#now() + seconds * 1000);
  }

  /** Who paid is here, or somebody else was faster. */
  over(connectorId: number): void {
    this.#until?.delete(connectorId);
  }

  isPaying(connectorId: number): boolean {
    return (this.#until?.get(connectorId) ?? 0) > this.#now();
  }
}
