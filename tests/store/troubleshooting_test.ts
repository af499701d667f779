import assert from "node:assert/strict";
import { STORE_REMEDIES } from "../../src/store/store_error.ts";

const README = new URL("../../README.md", import.meta.url);

for (const [reason, remedy] of Object.entries(STORE_REMEDIES)) {
  Deno.test(`README's troubleshooting lists what a store that is "${reason}" says`, () => {
    const text = Deno.readTextFileSync(README).replaceAll(/\s+/g, " ");
    assert(text.includes(`“${remedy}”`), remedy);
  });
}
