import assert from "node:assert/strict";
import { duration, readDuration } from "../../src/config/duration.ts";

Deno.test("a duration is milliseconds whatever its unit", () => {
  const written = { "500ms": 500, "30s": 30_000, "5m": 300_000, "24h": 86_400_000, "1.5s": 1500 };
  for (const [text, ms] of Object.entries(written)) assert.equal(readDuration(text), ms, text);
  assert.equal(readDuration("30d"), 30 * 86_400_000);
});

Deno.test("zero needs no unit", () => {
  assert.deepEqual([0, "0", "0s", "0.0"].map(readDuration), [0, 0, 0, 0]);
});

Deno.test("what is no duration is undefined", () => {
  for (const text of ["", " ", "s", "-1s", "30 s", "30S", "30sec", "1h30m", "1e3s", 30, NaN]) {
    assert.equal(readDuration(text), undefined, String(text));
  }
});

Deno.test("a bare number is refused with what to write in its place", () => {
  const message = duration("1s", "1h").safeParse(30).error?.issues[0]?.message;
  assert.equal(
    message,
    "Must be a duration from 1s to 1h, found: 30 (write 30s for seconds, 30ms for milliseconds)",
  );
});

Deno.test("a duration keeps its bounds, and 0 only where it means off", () => {
  const strict = duration("1s", "1h");
  const off = duration("1s", "1h", "or 0");
  assert.equal(strict.safeParse("1s").data, 1000);
  assert.equal(strict.safeParse("1h").data, 3_600_000);
  assert.equal(off.safeParse(0).data, 0);
  for (const wrong of [0, "999ms", "61m"]) assert(!strict.safeParse(wrong).success, String(wrong));
  assert.match(off.safeParse("1ms").error?.issues[0]?.message ?? "", /from 1s to 1h or 0/);
});
