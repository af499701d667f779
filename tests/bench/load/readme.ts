const [OPEN, CLOSE] = ["<!-- costs -->", "<!-- /costs -->"];

/**
 * Puts what was measured between the markers of README.
 *
 * @throws {Error} when the markers are not there
 */
export function insertCosts(readme: string, costs: string): string {
  const [start, end] = [readme.indexOf(OPEN), readme.indexOf(CLOSE)];
  if (start < 0 || end < start) {
    throw new Error(`Cannot insert the costs: "${OPEN}" … "${CLOSE}" is missing`);
  }
  return `${readme.slice(0, start + OPEN.length)}\n\n${costs.trimEnd()}\n\n${readme.slice(end)}`;
}
