import assert from "node:assert/strict";
import { eventually } from "../support/connection_harness.ts";
import { FakeStore } from "../support/fake_store.ts";
import { accepts, booted, connect, kill, last, start } from "./restarts.ts";

import { serve, TestCa } from "./service/support.ts";
import { charge, configure, HOUR_MS, OTHER, status } from "./sessions.ts";

Deno.test("1.6: settings, list, cache, profiles and reservations survive, and a reservation still runs out", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  await configure(before, { MeterValueSampleInterval: "17", LocalAuthListEnabled: "true" });
  await accepts(before, "SendLocalList", {
    listVersion: 5,
    updateType: "Full",
    localAuthorizationList: [{ idTag: "LISTED", idTagInfo: { status: "Accepted" } }],
  });
  await before.station.driver.authorize(2, OTHER);
  const chargingProfile = {
    ...{ chargingProfileId: 8, stackLevel: 1, chargingProfileKind: "Relative" },
    chargingProfilePurpose: "TxDefaultProfile",
    chargingSchedule: {
      chargingRateUnit: "A",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
    },
  };
  await accepts(before, "SetChargingProfile", {
    connectorId: 0,
    csChargingProfiles: chargingProfile,
  });
  const expiryDate = new Date(before.clock.now() + HOUR_MS).toISOString();
  const reservation = { connectorId: 1, expiryDate, idTag: "TAG-1", reservationId: 4 };
  await accepts(before, "ReserveNow", reservation);
  await kill(before);

  const after = await booted(store);
  const { station } = after;
  assert.equal(station.settings.get("meterValueSampleInterval"), 17);
  assert.equal((await after.call("GetLocalListVersion", {})).listVersion, 5);
  assert.notEqual(station.cache.find(OTHER, after.clock.now(), 0), null);
  assert.deepEqual(station.profiles.installed.map(({ profile }) => profile.id), [8]);
  assert.deepEqual(station.reservations.all.map(({ id }) => id), [4]);
  assert.equal(status(after, 1), "Reserved");
  assert.equal((await station.driver.authorize(1, OTHER)).kind, "refused");
  await after.clock.advance(HOUR_MS + 60_000);
  assert.deepEqual(station.reservations.all, []);
  assert.equal(status(after, 1), "Available");
  await after.over();
});

Deno.test("2.1: displays, monitors, DER controls and reservations survive, with their timers", async () => {
  const store = new FakeStore();
  const before = await booted(store, { version: "2.1" });
  const at = (ms: number) => new Date(before.clock.now() + ms).toISOString();
  await accepts(before, "SetDisplayMessage", {
    message: { id: 1, priority: "NormalCycle", message: { format: "UTF8", content: "Hello" } },
  });
  await accepts(before, "SetDERControl", {
    ...{ isDefault: false, controlId: "now", controlType: "LimitMaxDischarge" },
    limitMaxDischarge: {
      priority: 1,
      pctMaxDischargePower: 4,
      startTime: at(60_000),
      duration: 60,
    },
  });
  const monitored = await before.call("SetVariableMonitoring", {
    setMonitoringData: [{
      ...{ value: 60, type: "Periodic", severity: 5 },
      component: { name: "EVSE", evse: { id: 1 } },
      variable: { name: "Power" },
    }],
  });
  assert.match(JSON.stringify(monitored), /"status":"Accepted"/);
  const idToken = { idToken: "ANNA", type: "Central" };
  await accepts(before, "ReserveNow", { id: 3, expiryDateTime: at(90_000), idToken, evseId: 1 });
  await kill(before);

  const after = await booted(store, { version: "2.1" });
  const { facilities } = after.station.services;
  assert.deepEqual(facilities.view().displays[0]!.messages, ["Hello"]);
  assert.deepEqual(facilities.der.find({}).map(({ id }) => id), ["now"]);
  assert.equal(status(after, 1), "Reserved");
  await after.clock.advance(61_000);
  assert.equal(after.only("NotifyDERStartStop").started, true);
  assert.equal(after.payloads("NotifyEvent").length, 1, "its monitor goes on");
  await after.clock.advance(90_000);
  assert.equal(last(after, "ReservationStatusUpdate").reservationUpdateStatus, "Expired");
  assert.equal(status(after, 1), "Available");
  await after.over();
});

Deno.test("A04: a security event that the CSMS has not heard of is told after a restart", async () => {
  const store = new FakeStore();
  const before = await start(store, { version: "2.0.1" });
  before.station.services.securityEvents.raise("TamperDetectionActivated", "the lid");
  await before.station.memory.saved();
  await kill(before);
  const after = await start(store, { version: "2.0.1" });
  await after.open();
  const told = after.payloads("SecurityEventNotification");
  assert(
    told.some(({ type, techInfo }) =>
      type === "TamperDetectionActivated" && techInfo === "the lid"
    ),
  );
  assert.equal(after.station.services.securityEvents.record.waiting.length, 0);
  await after.over();
});

Deno.test("while the disk takes nothing the station goes on, and what it learnt is kept once it does", async () => {
  const store = new FakeStore();
  const before = await booted(store);
  store.failure = new Error("No space left");
  const charged = charge(before);
  await before.clock.settle();
  assert.equal(before.payloads("StartTransaction").length, 0, "not before it is on the disk");
  store.failure = null;
  await before.clock.advance(2_000);
  assert.equal((await charged).kind, "done");
  assert.equal(before.payloads("StartTransaction").length, 1);
  await kill(before);
  const after = await start(store);
  await connect(after);
  assert.equal(after.only("StopTransaction").reason, "PowerLoss");
  await after.over();
});

const INSTALLING = "FirmwareStatusNotification Installing";

/** An update to 2.1.0 is killed once the station has said this. */
async function updateUntil(said: string, store: FakeStore, url: string): Promise<void> {
  const before = await booted(store);
  const retrieveDate = new Date(before.clock.now()).toISOString();
  await before.call("UpdateFirmware", { location: `${url}/fw-2.1.0.bin`, retrieveDate });
  await eventually("the installation", () => before.said.includes(INSTALLING));
  await before.clock.settle();
  if (said === "Installed") {
    await before.clock.advance(5_000);
    await before.lose();
    await before.open();
    await before.clock.advance(1_000);
    assert.equal(last(before, "FirmwareStatusNotification").status, "Installed");
  }
  await before.station.memory.saved();
  await kill(before);
  before.station.stop();
}

Deno.test("L01: an update that was cut short begins anew, and the CSMS hears how it ends", async () => {
  await using server = serve(() => new Response("firmware"));
  const store = new FakeStore();
  await updateUntil("Installing", store, server.url);
  const after = await booted(store);
  await eventually("the installation", () => after.said.includes(INSTALLING));
  await after.clock.advance(5_000);
  await after.lose();
  await after.open();
  await after.clock.advance(1_000);
  assert.equal(last(after, "FirmwareStatusNotification").status, "Installed");
  assert.equal(last(after, "BootNotification").firmwareVersion, "2.1.0");
  assert.equal(status(after), "Available");
  await after.over();
});

Deno.test("a firmware that was installed is there after a restart, until the config names another", async () => {
  await using server = serve(() => new Response("firmware"));
  const store = new FakeStore();
  await updateUntil("Installed", store, server.url);
  const after = await start(store);
  await after.open();
  assert.equal(after.only("BootNotification").firmwareVersion, "2.1.0");
  assert(!after.said.includes("FirmwareStatusNotification Installed"), "that was said");
  await after.over();
  const named = await start(store, { station: { firmware_version: "3.0" } });
  await named.open();
  assert.equal(named.only("BootNotification").firmwareVersion, "3.0");
  await named.over();
});

Deno.test("A03: a certificate that was signed before a restart is renewed in time", async () => {
  const store = new FakeStore();
  const options = { version: "2.0.1", station: { vendor: "V" } } as const;
  const before = await booted(store, options);
  const ca = await TestCa.make();
  before.station.settings.set("cpoName", "ACME");
  await before.call("TriggerMessage", {
    requestedMessage: "SignChargingStationCertificate",
  });
  await eventually("the request", () => before.csms.actions.includes("SignCertificate"));
  const hours = Math.ceil((before.clock.now() - Date.now()) / HOUR_MS);
  const { csr } = before.only("SignCertificate") as { csr: string };
  const certificateChain = await ca.signRequest(csr, {
    subject: "CN=CP1",
    from: hours - 1,
    to: hours + 95,
  });
  await accepts(before, "CertificateSigned", { certificateChain });
  await before.clock.settle();
  await before.station.memory.saved();
  await kill(before);
  before.station.stop();
  const after = await booted(store, options);
  await after.clock.advance(62 * HOUR_MS);
  assert(!after.csms.actions.includes("SignCertificate"));
  await after.clock.advance(3 * HOUR_MS);
  await eventually("the renewal", () => after.csms.actions.includes("SignCertificate"));
  await after.over();
});
