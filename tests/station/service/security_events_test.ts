import assert from "node:assert/strict";
import { SecurityEvents } from "../../../src/station/service/security_events.ts";
import { answered, FakeHost, OFFLINE } from "./support.ts";

Deno.test("an event is said at once, and is in the security log (A04.FR.01, 04)", async () => {
  const host = new FakeHost();
  host.securityEvents.raise("StartupOfTheDevice", "after a power cut");
  await host.clock.settle();
  assert.deepEqual(host.said, [{
    kind: "securityEvent",
    event: { type: "StartupOfTheDevice", at: host.now(), info: "after a power cut" },
  }]);
  assert.equal(host.securityEvents.record.waiting.length, 0);
  assert.match(
    host.securityEvents.lines(null, null),
    /Z StartupOfTheDevice "after a power cut"\n$/,
  );
});

Deno.test("an event that nobody hears waits in line until somebody does (A04.FR.02)", async () => {
  const host = new FakeHost();
  host.answer = () => OFFLINE;
  host.securityEvents.raise("ResetOrReboot");
  host.securityEvents.raise("FirmwareUpdated");
  await host.clock.settle();
  await host.memory.saved();
  const restored = new SecurityEvents(host, host.memory);
  host.answer = () => answered();
  host.said.length = 0;
  await restored.flush();
  assert.deepEqual(host.events(), ["ResetOrReboot", "FirmwareUpdated"]);
  await restored.flush();
  assert.equal(host.said.length, 2, "each is said once");
});

Deno.test("an event that the CSMS cannot take is given up, and the next is said", async () => {
  const host = new FakeHost();
  host.answer = () => ({
    kind: "error",
    action: "",
    code: "NotSupported",
    description: "",
    details: {},
  });
  host.securityEvents.raise("ResetOrReboot");
  host.securityEvents.raise("FirmwareUpdated");
  await host.clock.settle();
  assert.deepEqual(host.events(), ["ResetOrReboot", "FirmwareUpdated"]);
  assert.match(host.lines[0]!, /NotSupported/);
});

Deno.test("what every dial finds anew waits once; what happens twice waits twice", () => {
  const host = new FakeHost();
  host.answer = () => OFFLINE;
  for (let dial = 0; dial < 3; dial++) host.securityEvents.raise("InvalidTLSVersion");
  host.securityEvents.raise("ResetOrReboot");
  host.securityEvents.raise("ResetOrReboot");
  const { waiting, log } = host.securityEvents.record;
  assert.deepEqual(waiting.map(({ type }) => type), [
    "InvalidTLSVersion",
    "ResetOrReboot",
    "ResetOrReboot",
  ]);
  assert.equal(log.length, 5);
});

Deno.test("what is not critical, and nothing says to send, is logged only (whitepaper §8)", async () => {
  const host = new FakeHost();
  host.securityEvents.raise("ReconfigurationOfSecurityParameters");
  await host.clock.settle();
  assert.deepEqual(host.said, []);
  assert.equal(host.securityEvents.record.log.length, 1);
});

Deno.test("a year without a CSMS does not fill the memory", () => {
  const host = new FakeHost();
  host.answer = () => OFFLINE;
  for (let day = 0; day < 365; day++) host.securityEvents.raise("ResetOrReboot", String(day));
  const { waiting, log } = host.securityEvents.record;
  assert.deepEqual([waiting.length, log.length], [100, 100]);
  assert.equal(waiting.at(-1)!.info, "364");
  assert.match(host.lines[0]!, /given up/);
});

Deno.test("the security log can be read between two times", async () => {
  const host = new FakeHost();
  for (const type of ["StartupOfTheDevice", "ResetOrReboot", "FirmwareUpdated"] as const) {
    host.securityEvents.raise(type);
    await host.clock.advance(1000);
  }
  const end = host.now() - 2000;
  assert.match(host.securityEvents.lines(end, end), /^\S+ ResetOrReboot\n$/);
});
