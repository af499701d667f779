import assert from "node:assert/strict";
import type { CallOutcome } from "../../../src/ocpp/mod.ts";
import { said } from "../../../src/station/line/said.ts";

function inWords(outcome: CallOutcome) {
  return said("Heartbeat", outcome, ({ currentTime }) => currentTime);
}

Deno.test("a result is read, and comes with what the CSMS wrote", () => {
  assert.deepEqual(
    inWords({ kind: "result", id: "1", payload: { currentTime: "now" }, latencyMs: 7 }),
    { kind: "answered", action: "Heartbeat", payload: { currentTime: "now" }, answer: "now" },
  );
});

Deno.test("a CALLERROR keeps its code as the CSMS spelled it, its words and its details", () => {
  const error = { code: "Oops", description: "no disk", details: { free: 0 } };
  assert.deepEqual(inWords({ kind: "error", id: "1", ...error, latencyMs: 7 }), {
    kind: "error",
    action: "Heartbeat",
    ...error,
  });
});

Deno.test("what was not answered says why in its own words, and nothing is read of it", () => {
  const message = "No answer";
  assert.deepEqual(inWords({ kind: "timeout", id: "1", message }), { kind: "timeout", message });
  assert.deepEqual(inWords({ kind: "invalid", message }), { kind: "invalid", message });
});

Deno.test("a connection that was not there, went, or took no more is one thing to the domain", () => {
  const message = "No connection";
  const offline = { kind: "offline", message };
  assert.deepEqual(inWords({ kind: "lost", id: "1", message }), offline);
  assert.deepEqual(inWords({ kind: "refused", reason: "full", message }), offline);
  assert.deepEqual(inWords({ kind: "refused", reason: "offline", message }), offline);
});
