/** Between two looks. */
const EVERY_MS = 50;

/** How long anything may take, on a slow machine too. */
const PATIENCE_MS = 120_000;

/** What a look found. */
export interface Look<T> {
  readonly is: boolean;
  readonly value: T;
}

/**
 * Looks until it is so.
 *
 * @throws {Error} after two minutes, with what was found last
 */
export async function until<T>(
  what: string,
  look: () => Promise<Look<T>>,
  everyMs = EVERY_MS,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { is, value } = await look();
    if (is) return value;
    if (performance.now() > deadline) {
      throw new Error(
        `Waited ${PATIENCE_MS / 1_000} s for ${what}, found: ${JSON.stringify(value)}`,
      );
    }
    await rest(everyMs);
  }
}

/** Waits so many milliseconds. */
export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
