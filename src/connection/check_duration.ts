/** @throws RangeError when `ms` is nothing that one can wait for; `what` completes the sentence */
export function checkDuration(what: string, ms: number): void {
  if (ms >= 0 && ms < Infinity) return;
  throw new RangeError(`Cannot ${what} ${ms} ms: it is no duration`);
}
