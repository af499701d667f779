/** One figure of a family. Values of labels come from a bounded set: never a station's id. */
export interface MetricSample {
  /** Behind the family's name, as `_bucket`. */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Figures of one name. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly MetricSample[];
}

/** The content type of {@link writeMetrics}. */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Prometheus text, format 0.0.4.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const family: MetricFamily = {
 *   name: "calls_total",
 *   help: "Calls so far",
 *   type: "counter",
 *   samples: [{ labels: { action: 'a"b' }, value: 3 }],
 * };
 * assert.equal(
 *   writeMetrics([family]),
 *   '# HELP calls_total Calls so far\n# TYPE calls_total counter\ncalls_total{action="a\\"b"} 3\n',
 * );
 * ```
 */
export function writeMetrics(families: Iterable<MetricFamily>): string {
  let text = "";
  for (const { name, help, type, samples } of families) {
    text += `# HELP ${name} ${help.replace(/\\/g, "\\\\").replace(/\n/g, "\\n")}\n`;
    text += `# TYPE ${name} ${type}\n`;
    for (const { suffix = "", labels = {}, value } of samples) {
      text += `${name}${suffix}${writeLabels(labels)} ${writeValue(value)}\n`;
    }
  }
  return text;
}

function writeLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escape(value: string): string {
  return value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n");
}

function writeValue(value: number): string {
  if (Math.abs(value) === Infinity) return value > 0 ? "+Inf" : "-Inf";
  return String(value);
}
