import assert from "node:assert/strict";
import { readTime, writeTime } from "../../src/station/time.ts";
import { NOON } from "./v16/fake_charger.ts";
import { ODD_VALUES } from "./v16/support.ts";

Deno.test("times go out in UTC with milliseconds (1.6 §3.15)", () => {
  assert.equal(writeTime(NOON + 7), "2026-01-31T12:00:00.007Z");
});

Deno.test("times are read in any zone, with and without fractions (1.6 §3.15)", () => {
  assert.equal(readTime("2026-01-31T12:00:00Z"), NOON);
  assert.equal(readTime("2026-01-31T14:00:00.5+02:00"), NOON + 500);
  assert.equal(readTime("2026-01-31t12:00:00z"), NOON);
});

Deno.test("a time without a zone, which only a lenient station gets, is UTC", () => {
  assert.equal(readTime("2026-01-31T12:00:00"), NOON);
  assert.equal(readTime("2026-01-31T12:00:00.000"), NOON);
});

Deno.test("the first and the last time of those who mean always and never are read", () => {
  assert.equal(readTime("0001-01-01T00:00:00Z"), Date.parse("0001-01-01T00:00:00Z"));
  assert.equal(readTime("9999-12-31T23:59:59.999Z"), Date.UTC(10_000, 0) - 1);
});

Deno.test("what is no time, or could not be written again, is none", () => {
  for (const odd of ODD_VALUES) assert.equal(readTime(odd), null, String(odd));
  assert.equal(readTime("+012026-01-31T12:00:00Z"), null);
  assert.equal(readTime("2026-13-31T12:00:00Z"), null);
});
