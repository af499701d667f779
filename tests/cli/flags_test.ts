import assert from "node:assert/strict";
import { readLevel, readPort } from "../../src/cli/flags.ts";
import { UsageError } from "../../src/cli/usage.ts";

Deno.test("a port is a number from 0 to 65535, or absent", () => {
  assert.deepEqual(["0", "9000", "65535", undefined].map(readPort), [0, 9000, 65535, undefined]);
  for (const text of ["65536", "-1", "http", "", " 80", "1e3", "80.5", "000080"]) {
    const message = `Cannot use --port "${text}": it is a number from 0 to 65535`;
    assert.throws(() => readPort(text), new UsageError(message));
  }
});

Deno.test("a log level is one of four, or absent", () => {
  assert.deepEqual(["debug", "error", undefined].map(readLevel), ["debug", "error", undefined]);
  const message = 'Cannot use --log-level "loud": it is one of debug, info, warn, error';
  assert.throws(() => readLevel("loud"), new UsageError(message));
});
