import assert from "node:assert/strict";
import { cut } from "../../../src/station/traffic/cut.ts";

Deno.test("what fits is left alone, half a character is never left over", () => {
  assert.equal(cut("", 20), "");
  assert.equal(cut("Emulator", 8), "Emulator");
  assert.equal(cut("Emulator", 7), "Emulato");
  assert.equal(cut("12🔌45", 3), "12🔌");
});
