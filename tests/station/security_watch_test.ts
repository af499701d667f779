import assert from "node:assert/strict";
import { eventOf } from "../../src/station/security_watch.ts";
import { SECURITY_EVENTS } from "../../src/station/service/security_event_types.ts";
import { type StationHarness, stationHarness } from "../support/station_harness.ts";

const BASIC = { auth: { type: "basic", password: "correct horse battery" } };

/** The security events that the CSMS heard of. */
function told(harness: StationHarness) {
  return harness.payloads("SecurityEventNotification").map(({ type }) => type);
}

/** A CSMS whose clock is so many seconds ahead. */
function ahead(harness: StationHarness, seconds: number): void {
  harness.replies.BootNotification = () => ({
    status: "Accepted",
    currentTime: new Date(harness.clock.now() + seconds * 1000).toISOString(),
    interval: 3600,
  });
}

Deno.test("what happens in a failed dial is a security event where the specification lists one (A04, A00)", () => {
  const tls = (message: string) => eventOf({ kind: "tls", message });
  assert.equal(tls("received fatal alert: ProtocolVersion"), "InvalidTLSVersion");
  assert.equal(tls("peer is incompatible: ServerDoesNotSupportTls12Or13"), "InvalidTLSVersion");
  assert.equal(tls("peer is incompatible: NoCipherSuitesInCommon"), "InvalidTLSCipherSuite");
  assert.equal(tls("does not speak TLS: should it be ws://?"), null);
  assert.equal(eventOf({ kind: "certificate", message: "" }), "InvalidCsmsCertificate");
  assert.equal(eventOf({ kind: "client-certificate", message: "" }), "FailedToAuthenticateAtCsms");
  assert.equal(eventOf({ kind: "http", status: 503, message: "" }), null);
  assert.equal(eventOf({ kind: "lost", message: "" }), null);
});

Deno.test("the first boot is StartupOfTheDevice, one after a reset ResetOrReboot (A04)", async () => {
  const harness = await stationHarness({ version: "2.0.1", station: BASIC });
  await harness.open();
  assert.deepEqual(told(harness), ["StartupOfTheDevice"]);
  await harness.call("Reset", { type: "Immediate" });
  await harness.lose();
  await harness.open();
  assert.deepEqual(told(harness), ["StartupOfTheDevice", "ResetOrReboot"]);
  await harness.over();
});

Deno.test("a boot that moves the clock is SettingSystemTime, one that does not is not (A04)", async () => {
  const harness = await stationHarness({ version: "2.0.1", station: BASIC });
  ahead(harness, 90);
  await harness.open();
  assert.deepEqual(told(harness), ["StartupOfTheDevice", "SettingSystemTime"]);
  assert.equal(harness.payloads("SecurityEventNotification")[1]!.techInfo, "moved by 90 s");
  harness.forget();
  await harness.call("Reset", { type: "Immediate" });
  await harness.lose();
  await harness.open();
  assert.deepEqual(told(harness), ["ResetOrReboot"]);
  await harness.over();
});

Deno.test("a station without security has no security events", async () => {
  const harness = await stationHarness({ version: "2.0.1" });
  ahead(harness, 90);
  await harness.open();
  harness.station.security.dialFailed({ kind: "certificate", message: "it has expired" });
  assert.deepEqual(told(harness), []);
  assert(!harness.station.isServed);
  await harness.over();
});

Deno.test("what every dial finds anew waits once, and is told when there is a connection (A00.FR.310)", async () => {
  const harness = await stationHarness({ version: "2.1", station: BASIC });
  for (let dial = 0; dial < 3; dial++) {
    harness.station.security.dialFailed({ kind: "certificate", message: "it has expired" });
  }
  await harness.open();
  assert.deepEqual(told(harness), ["InvalidCsmsCertificate", "StartupOfTheDevice"]);
  await harness.over();
});

Deno.test("each security event of the specification is raised, or the table says why it cannot happen (A04)", () => {
  assert.equal(Object.keys(SECURITY_EVENTS).length, 21);
  for (const [type, listed] of Object.entries(SECURITY_EVENTS)) {
    assert.notEqual("when" in listed, "never" in listed, type);
    assert(type.length <= 50, type);
  }
});
