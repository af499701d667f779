import type { Histogram } from "../station/mod.ts";
import type { MetricFamily, MetricSample } from "./prometheus.ts";

type Labels = Readonly<Record<string, string>>;

/** A family of a single figure. */
export function one(
  type: "counter" | "gauge",
  name: string,
  help: string,
  value: number,
): MetricFamily {
  return { name, help, type, samples: [{ value }] };
}

/** A family with one label, a figure for each of its values. */
export function each(
  type: "counter" | "gauge",
  name: string,
  help: string,
  label: string,
  values: Iterable<readonly [string, number]>,
): MetricFamily {
  const samples = Array.from(values, ([key, value]) => ({ labels: { [label]: key }, value }));
  return { name, help, type, samples };
}

/** The figures of a histogram of milliseconds, in seconds: each class has all that is below it too. */
export function histogramSamples(
  { bounds, counts, sum }: Histogram,
  labels: Labels = {},
): MetricSample[] {
  let count = 0;
  const buckets = counts.map((here, at): MetricSample => {
    const bound = bounds[at];
    const le = bound === undefined ? "+Inf" : String(bound / 1000);
    return { suffix: "_bucket", labels: { ...labels, le }, value: count += here };
  });
  return [
    ...buckets,
    { suffix: "_sum", labels, value: sum / 1000 },
    { suffix: "_count", labels, value: count },
  ];
}
