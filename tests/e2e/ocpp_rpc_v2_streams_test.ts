/**
 * 2.1 N11 to N15 over real sockets: a stream that a monitor wants is opened, its values come as SENDs, which
 * nobody answers, and it is closed with its monitor. ocpp-rpc knows no SEND, so the CSMS is the built-in one.
 */
import assert from "node:assert/strict";
import { seededRandom, SystemClock } from "../../src/clock/mod.ts";
import { startCsms } from "../../src/csms/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { eventually } from "../support/connection_harness.ts";
import { startApp } from "../support/real_app.ts";

Deno.test("2.1: N11, N12, N15, N13: a stream from its monitor to its end, in SEND frames", async () => {
  const frames: (readonly unknown[])[] = [];
  const clock = new SystemClock();
  await using csms = await startCsms({
    clock,
    random: seededRandom(1),
    log: silentLog,
    onText: (_, text) => frames.push(JSON.parse(text)),
  });
  await using app = await startApp({
    csms: { default_url: csms.url },
    stations: [{ id: "CP1", protocol_version: "2.1" }],
  });
  await eventually(
    "the boot",
    () => frames.some(([, , action]) => action === "StatusNotification"),
  );
  const call = async (action: string, payload: Record<string, unknown>) => {
    const outcome = await csms.call("CP1", action, payload);
    assert(outcome.kind === "result", JSON.stringify(outcome));
    return outcome.payload;
  };
  const streams = () =>
    frames.filter(([type]) => type === 6).map(([, id, action, payload]) => {
      assert.equal(typeof id, "string");
      assert.equal(action, "NotifyPeriodicEventStream");
      return payload as { id: number; pending: number; data: { t: number; v: string }[] };
    });

  const answer = await call("SetVariableMonitoring", {
    setMonitoringData: [{
      component: { name: "EVSE", evse: { id: 1 } },
      variable: { name: "Power" },
      type: "Periodic",
      value: 1,
      severity: 8,
      periodicEventStream: { values: 1 },
    }],
  });
  const [set] = answer.setMonitoringResult as { status: string; id: number }[];
  assert.equal(set?.status, "Accepted");
  await eventually("two SENDs", () => streams().length >= 2);
  for (const { data } of streams()) assert.deepEqual(data.map(({ v }) => v), ["0"]);
  const listed = await call("GetPeriodicEventStream", {});
  const [stream] = listed.constantStreamData as { id: number; variableMonitoringId: number }[];
  assert.equal(stream?.variableMonitoringId, set?.id);
  assert(streams().every(({ id }) => id === stream?.id));

  await call("ClearVariableMonitoring", { id: [set?.id] });
  await eventually(
    "the end",
    () => frames.some(([, , action]) => action === "ClosePeriodicEventStream"),
  );
  const end = frames.findIndex(([, , action]) => action === "ClosePeriodicEventStream");
  assert(frames.slice(end).every(([type]) => type !== 6), "nothing is sent after the end");
  assert.deepEqual(csms.violations, []);
  assert(app.lines.every((line) => !line.includes('"level":"error"')));
});
