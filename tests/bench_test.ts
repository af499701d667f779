import assert from "node:assert/strict";
import { type Figure, judge } from "./bench/load/figure.ts";
import { openFilesProblem } from "./bench/load/machine.ts";
import { percentileBetween, readBuckets } from "./bench/load/metrics.ts";
import { insertCosts } from "./bench/load/readme.ts";
import { describe, markdownTable, measured, number, textTable } from "./bench/load/render.ts";
import { percentile, slope, slopes, spread } from "./bench/load/statistics.ts";

const once = (value: number) => spread([value]);

const figure: Figure = {
  name: "connect and boot",
  unit: "s",
  values: { "ocpp-emu": spread([3, 4, 2]), bare: once(2) },
  target: { timesBare: 3 },
};

Deno.test("a spread is the middle with the least and the most", () => {
  assert.deepEqual(spread([5, 1, 9]), { median: 5, least: 1, most: 9 });
  assert.deepEqual(spread([4, 1, 3, 2]), { median: 2, least: 1, most: 4 });
});

Deno.test("a percentile is a value that was measured, and nothing has none", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  assert.equal(percentile(hundred, 50), 50);
  assert.equal(percentile(hundred, 99), 99);
  assert.equal(percentile([7], 99), 7);
  assert.equal(percentile([7, 8], 0), 7);
  assert.throws(() => percentile([], 50), RangeError);
});

Deno.test("slopes between neighbours tell linear growth from other growth", () => {
  assert.equal(slope({ size: 1_000, cost: 50 }, { size: 10_000, cost: 320 }), 0.03);
  const points = [{ size: 1, cost: 10 }, { size: 2, cost: 12 }, { size: 4, cost: 26 }];
  assert.deepEqual(slopes(points), [2, 7]);
});

Deno.test("a target is held against the median, and against bare sockets of the same run", () => {
  assert.deepEqual(judge(figure), { met: true, ratio: 1.5 });
  assert.deepEqual(judge({ ...figure, target: { timesBare: 1.4 } }), { met: false, ratio: 1.5 });
  assert.deepEqual(judge({ ...figure, target: { most: 3 } }), { met: true });
  assert.deepEqual(judge({ ...figure, target: { most: 2.9 } }), { met: false });
});

Deno.test("what has no target, or was not measured, is not judged", () => {
  assert.equal(judge({ name: "", unit: "", values: figure.values }), null);
  assert.equal(judge({ ...figure, values: {} }), null);
  assert.equal(judge({ ...figure, values: { "ocpp-emu": once(1) } }), null);
  assert.equal(judge({ ...figure, values: { "ocpp-emu": once(1), bare: once(0) } }), null);
});

Deno.test("numbers have the digits that matter", () => {
  assert.deepEqual([10_000, 123.4, 13.44, 0.519, 0, -83.24].map(number), [
    ...["10,000", "123", "13.4", "0.52", "0", "-83.2"],
  ]);
  assert.equal(measured(spread([13.4, 12, 15]), "µs"), "13.4 µs (12–15)");
  assert.equal(measured(once(3), ""), "3");
  assert.equal(measured(undefined, "s"), "");
});

Deno.test("the table says what was measured, what the target is and whether it is met", () => {
  assert.equal(
    markdownTable([figure]),
    [
      "| figure           | ocpp-emu  | bare sockets | ocpp-rpc | target     | met        |",
      "| ---------------- | --------- | ------------ | -------- | ---------- | ---------- |",
      "| connect and boot | 3 s (2–4) | 2 s          |          | ≤ 3 × bare | yes: 1.5 × |",
      "",
    ].join("\n"),
  );
  assert.equal(describe(figure), "connect and boot: ocpp-emu 3 s (2–4), bare 2 s");
  const [, line] = textTable([{ ...figure, target: { most: 2 } }]).split("\n");
  assert.equal(line, "connect and boot  3 s (2–4)  2 s                     ≤ 2 s   no");
});

Deno.test("the table goes between the markers of README, again and again", () => {
  const readme = "before\n<!-- costs -->\n\nold\n\n<!-- /costs -->\nafter";
  const wanted = "before\n<!-- costs -->\n\nnew\n\n<!-- /costs -->\nafter";
  assert.equal(insertCosts(readme, "new\n"), wanted);
  assert.equal(insertCosts(wanted, "new"), wanted);
  assert.throws(() => insertCosts("<!-- /costs --> <!-- costs -->", ""), /is missing/);
});

Deno.test("README has the markers", async () => {
  const readme = await Deno.readTextFile(new URL("../README.md", import.meta.url));
  assert.match(insertCosts(readme, "costs"), /<!-- costs -->\n\ncosts\n/);
});

Deno.test("too few open files are told with what to do, enough are not", () => {
  assert.equal(openFilesProblem("unlimited", 10_000), null);
  assert.equal(openFilesProblem("10200", 10_000), null);
  assert.notEqual(openFilesProblem("10199", 10_000), null);
  const problem = openFilesProblem("1024", 10_000);
  assert.match(problem ?? "", /^Cannot open 10,000 connections: .* 1024 open files.* 10200/);
  assert.match(problem ?? "", /--quick$/);
});

Deno.test("a percentile of a histogram is that of what came between two readings", () => {
  const text = (counts: readonly number[]) =>
    ["0.001", "0.01", "+Inf"].map((le, at) => `delay_bucket{le="${le}"} ${counts[at]}`).join("\n");
  const before = readBuckets(text([50, 50, 50]), "delay");
  const after = readBuckets(text([51, 60, 61]), "delay");
  assert.equal(percentileBetween(before, after, 50), 0.01);
  assert.equal(percentileBetween(before, after, 5), 0.001);
  assert.equal(percentileBetween(before, after, 99), Infinity);
  assert.throws(() => readBuckets("", "delay"), /"delay": it is missing/);
});
