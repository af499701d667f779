import { writeTime } from "../time.ts";
import type { Reading, ReadingContext, Sample } from "../words.ts";

/** What was read at one moment, as all versions say it. */
interface MeterValue<Value> {
  /** ISO 8601. */
  timestamp: string;
  sampledValue: Value[];
}

/**
 * Samples as one MeterValue per moment, in the order of time. What `write` has no word for (`null`) is left
 * out, and a moment of which nothing is left.
 */
export function meterValues<Value>(
  samples: readonly Sample[],
  write: (reading: Reading, context: ReadingContext) => Value | null,
): MeterValue<Value>[] {
  const moments = new Map<number, Value[]>();
  for (const { at, context, readings } of samples) {
    const values = readings.filter(({ value }) => Number.isFinite(value))
      .flatMap((reading) => write(reading, context) ?? []);
    if (values.length > 0) moments.set(at, [...moments.get(at) ?? [], ...values]);
  }
  return Array.from(moments)
    .sort(([one], [other]) => one - other)
    .map(([at, sampledValue]) => ({ timestamp: writeTime(at), sampledValue }));
}

/** What all versions call the phases (1.6 §7.34, 2.x PhaseEnumType). */
export const PHASES = [
  "L1",
  "L2",
  "L3",
  "N",
  "L1-N",
  "L2-N",
  "L3-N",
  "L1-L2",
  "L2-L3",
  "L3-L1",
] as const;
