import assert from "node:assert/strict";
import { judge } from "../../../src/station/device_model/judge.ts";
import type { Memory, Monitor } from "../../../src/station/device_model/monitor.ts";

/** What a monitor tells of a row of values: the trigger, or that it is over. */
function told(
  monitor: Pick<Monitor, "type" | "value">,
  first: string | null,
  values: readonly string[],
  more: { target?: string; isNumeric?: boolean } = {},
): string[] {
  const { target = null, isNumeric = true } = more;
  let memory: Memory = { told: first, isAlarmed: false };
  return values.map((actual) => {
    const verdict = judge(monitor, memory, { actual, target, isNumeric });
    memory = verdict.memory;
    const { finding } = verdict;
    return finding === null ? "-" : finding.cleared ? "cleared" : finding.trigger;
  });
}

Deno.test("N07: an upper threshold is passed above it, and over at it", () => {
  const monitor = { type: "UpperThreshold", value: 10 } as const;
  assert.deepEqual(told(monitor, "0", ["10", "10.1", "12", "10", "9", "11"]), [
    "-",
    "Alerting",
    "-",
    "cleared",
    "-",
    "Alerting",
  ]);
});

Deno.test("N07: a lower threshold is passed below it, and over at it", () => {
  const monitor = { type: "LowerThreshold", value: 10 } as const;
  assert.deepEqual(told(monitor, "20", ["10", "9", "10"]), ["-", "Alerting", "cleared"]);
});

Deno.test("N07: a delta counts in both directions, and more than its value is needed", () => {
  const monitor = { type: "Delta", value: 5 } as const;
  assert.deepEqual(told(monitor, "0", ["5", "6", "2", "0", "-1"]), [
    "-",
    "Delta",
    "-",
    "Delta",
    "-",
  ]);
});

Deno.test("N07: a delta of words is any change", () => {
  const monitor = { type: "Delta", value: 100 } as const;
  const words = ["Available", "Occupied", "Occupied", "Available"];
  assert.deepEqual(told(monitor, "Available", words, { isNumeric: false }), [
    "-",
    "Delta",
    "-",
    "Delta",
  ]);
});

Deno.test("N07: a delta that knows no value yet begins with the first", () => {
  assert.deepEqual(told({ type: "Delta", value: 1 }, null, ["50", "51", "52"]), [
    "-",
    "-",
    "Delta",
  ]);
});

Deno.test("2.1, N07: a target delta is the distance from the target", () => {
  const monitor = { type: "TargetDelta", value: 10 } as const;
  const values = ["95", "89", "80", "111", "100"];
  assert.deepEqual(told(monitor, null, values, { target: "100" }), [
    "-",
    "Delta",
    "-",
    "-",
    "cleared",
  ]);
});

Deno.test("2.1, N07: a relative target delta is a share of the target", () => {
  const monitor = { type: "TargetDeltaRelative", value: 0.1 } as const;
  assert.deepEqual(told(monitor, null, ["181", "179", "200"], { target: "200" }), [
    "-",
    "Delta",
    "cleared",
  ]);
});

Deno.test("N08: a periodic monitor finds nothing by looking", () => {
  for (const type of ["Periodic", "PeriodicClockAligned"] as const) {
    assert.deepEqual(told({ type, value: 1 }, "0", ["5", "500"]), ["-", "-"]);
  }
});
