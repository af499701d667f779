import assert from "node:assert/strict";
import { sharedText } from "../../src/ocpp/mod.ts";

Deno.test("a text that stations keep is as it was, however many others came in between", () => {
  const text = '{"connectorId":1,"status":"Available"}';
  assert.equal(sharedText(text), text);
  for (let other = 0; other < 2_500; other++) assert.equal(sharedText(`#${other}`), `#${other}`);
  assert.equal(sharedText(text), text);
});
