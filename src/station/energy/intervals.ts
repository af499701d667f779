import type { ReadingContext } from "../words.ts";

/** From where to where the last interval of one kind went. */
interface Mark {
  /** Of the reading that ended it; milliseconds since 1970. */
  readonly at: number;
  readonly context: ReadingContext;
  readonly fromWh: number;
  readonly toWh: number;
}

/** Where the intervals of a meter stand, by stream and measurand. Plain JSON. */
export type Marks = Readonly<Record<string, Mark>>;

/**
 * Which readings count on from one another: the clock-aligned ones among themselves for ever, those of
 * a transaction within one visit. The others look, and leave no mark.
 */
const STREAM = {
  "Sample.Clock": "clock",
  "Sample.Periodic": "visit",
  "Transaction.Begin": "visit",
  "Transaction.End": "visit",
} as const satisfies Partial<Record<ReadingContext, string>>;

/** What an interval value is made of. */
interface IntervalReading {
  readonly measurand: string;
  readonly context: ReadingContext;
  /** Milliseconds since 1970. Two readings of one moment and context give the same value. */
  readonly at: number;
  /** The register now, in Wh. */
  readonly nowWh: number;
  /** The register when the last car came: where the first interval starts. */
  readonly arrivalWh: number;
}

/** The energy in Wh since the last reading of this kind, and the marks to keep for the next. */
export function readInterval(
  marks: Marks,
  { measurand, context, at, nowWh, arrivalWh }: IntervalReading,
): { wh: number; marks: Marks } {
  const stream = context in STREAM ? STREAM[context as keyof typeof STREAM] : null;
  const name = `${stream ?? "visit"} ${measurand}`;
  const last = marks[name];
  const isSame = last?.at === at && last.context === context;
  const fromWh = (isSame ? last.fromWh : last?.toWh) ?? arrivalWh;
  const wh = nowWh - fromWh;
  return stream === null
    ? { wh, marks }
    : { wh, marks: { ...marks, [name]: { at, context, fromWh, toWh: nowWh } } };
}

/** The marks that outlive a visit: those of the clock. */
export function marksAfterVisit(marks: Marks): Marks {
  return Object.fromEntries(Object.entries(marks).filter(([name]) => name.startsWith("clock ")));
}
