import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import { loadVersion, SUBPROTOCOLS, type VersionId } from "../../src/ocpp/mod.ts";
import { Station, type StationOptions } from "../../src/station/mod.ts";
import { FakeCsms } from "../support/fake_csms.ts";

const IDENTITY = {
  vendor: "Vendor",
  model: "Model",
  serialNumber: null,
  firmwareVersion: "1.2.3",
  iccid: null,
  imsi: null,
};

const VERSIONS: readonly VersionId[] = ["1.6", "2.0.1", "2.1"];

async function setUp(version: VersionId = "1.6", options: Partial<StationOptions> = {}) {
  const clock = new VirtualClock();
  const csms = new FakeCsms();
  const sink = memorySink();
  const accepted: boolean[] = [];
  let count = 0;
  const station = new Station({
    id: "CP1",
    identity: IDENTITY,
    strictness: "strict",
    versions: [await loadVersion(version)],
    heartbeatIntervalMs: 60_000,
    callTimeoutMs: 30_000,
    clock,
    log: createLog({ level: "debug", format: "json", sink, clock }),
    newId: () => `id-${++count}`,
    onAccepted: (station) => accepted.push(station.accepted),
    ...options,
  });
  station.attach(csms);
  return {
    clock,
    csms,
    station,
    lines: sink.lines,
    accepted,
    open: () => station.opened(SUBPROTOCOLS[version]),
    lose: () => station.closed({ message: "the network went away" }),
    async answerBoot(status: string, interval: number) {
      const { id } = csms.last("BootNotification");
      const payload = { status, currentTime: new Date(clock.now()).toISOString(), interval };
      assert(station.received(JSON.stringify([3, id, payload])));
      await clock.settle();
    },
    async answerHeartbeat() {
      const { id } = csms.last("Heartbeat");
      station.received(JSON.stringify([3, id, { currentTime: "2026-01-01T00:00:00Z" }]));
      await clock.settle();
    },
  };
}

for (const version of VERSIONS) {
  Deno.test(`${version}: a station boots, is accepted and beats as told`, async () => {
    const { clock, csms, open, lose, station, accepted, answerBoot, answerHeartbeat } = await setUp(
      version,
    );
    open();
    await clock.settle();
    assert.deepEqual(csms.actions, ["BootNotification"]);
    assert(!station.accepted);
    await answerBoot("Accepted", 300);
    assert(station.accepted);
    assert.deepEqual(accepted, [true]);
    await clock.advance(299_999);
    assert.deepEqual(csms.actions, ["BootNotification"]);
    await clock.advance(1);
    await answerHeartbeat();
    await clock.advance(300_000);
    await answerHeartbeat();
    assert.deepEqual(csms.actions, ["BootNotification", "Heartbeat", "Heartbeat"]);
    assert.equal(csms.latencies.length, 3);
    lose();
    await clock.settle();
    assert.equal(clock.pending, 0, "nothing of the connection is left");
  });

  Deno.test(`${version}: the boot says who the station is, and leaves out what is unknown`, async () => {
    const { clock, csms, open, lose } = await setUp(version);
    open();
    await clock.settle();
    const expected = version === "1.6"
      ? { chargePointVendor: "Vendor", chargePointModel: "Model", firmwareVersion: "1.2.3" }
      : {
        reason: "PowerUp",
        chargingStation: { vendorName: "Vendor", model: "Model", firmwareVersion: "1.2.3" },
      };
    assert.deepEqual(csms.last("BootNotification").payload, expected);
    lose();
  });

  Deno.test(`${version}: Pending and Rejected are asked again after the interval`, async () => {
    const { clock, csms, open, lose, station, answerBoot } = await setUp(version);
    open();
    await clock.settle();
    await answerBoot("Pending", 10);
    await clock.advance(9_999);
    assert.equal(csms.actions.length, 1);
    await clock.advance(1);
    assert.equal(csms.actions.length, 2);
    await answerBoot("Rejected", 20);
    await clock.advance(20_000);
    assert.equal(csms.actions.length, 3);
    await answerBoot("Accepted", 60);
    assert(station.accepted);
    assert.deepEqual(new Set(csms.actions), new Set(["BootNotification"]));
    lose();
  });

  Deno.test(`${version}: a call of the CSMS that is not supported yet is refused by the rules`, async () => {
    const { clock, csms, open, lose, station, answerBoot } = await setUp(version);
    open();
    await clock.settle();
    await answerBoot("Accepted", 60);
    station.received('[2,"c1","ClearCache",{}]');
    await clock.settle();
    const [type, id, code] = JSON.parse(csms.sent.at(-1)!);
    assert.deepEqual([type, id, code], [4, "c1", "NotSupported"]);
    lose();
  });
}

Deno.test("interval 0 leaves the interval to the station (1.6 §4.2, B01.FR.06)", async () => {
  const { clock, csms, open, lose, answerBoot } = await setUp();
  open();
  await clock.settle();
  await answerBoot("Accepted", 0);
  await clock.advance(60_000);
  assert.deepEqual(csms.actions, ["BootNotification", "Heartbeat"]);
  lose();
});

Deno.test("a mere reconnect boots nothing again (1.6-J §5.4, B04)", async () => {
  const { clock, csms, open, lose, answerBoot, answerHeartbeat } = await setUp();
  open();
  await clock.settle();
  await answerBoot("Accepted", 30);
  lose();
  await clock.advance(3_600_000);
  open();
  await clock.advance(30_000);
  await answerHeartbeat();
  assert.deepEqual(csms.actions, ["BootNotification", "Heartbeat"]);
  lose();
});

Deno.test("a boot that was cut off is sent again on the next connection", async () => {
  const { clock, csms, open, lose, station, answerBoot } = await setUp();
  open();
  await clock.settle();
  lose();
  await clock.settle();
  open();
  await clock.settle();
  assert.deepEqual(csms.actions, ["BootNotification", "BootNotification"]);
  await answerBoot("Accepted", 30);
  assert(station.accepted);
  lose();
});

Deno.test("a boot that nobody answers is sent again after the timeout and the wait", async () => {
  const { clock, csms, open, lose } = await setUp();
  open();
  await clock.advance(30_000 + 60_000);
  assert.deepEqual(csms.actions, ["BootNotification", "BootNotification"]);
  lose();
});

Deno.test("a CALLERROR to the boot is not the end of it", async () => {
  const { clock, csms, open, lose, station, lines } = await setUp();
  open();
  await clock.settle();
  station.received(`[4,"${csms.last("BootNotification").id}","InternalError","database down",{}]`);
  await clock.advance(60_000);
  assert.equal(csms.actions.length, 2);
  assert(lines.some((line) => line.includes("InternalError database down")), lines.join("\n"));
  lose();
});

Deno.test("a broken boot answer is reported, and refused only by the strict", async () => {
  for (const strictness of ["strict", "lenient"] as const) {
    const { clock, csms, open, lose, station, lines } = await setUp("1.6", { strictness });
    open();
    await clock.settle();
    const { id } = csms.last("BootNotification");
    station.received(JSON.stringify([3, id, { status: "Accepted", interval: 60 }]));
    await clock.settle();
    assert.equal(station.accepted, strictness === "lenient");
    assert(lines.some((line) => line.includes("currentTime")), lines.join("\n"));
    lose();
  }
});

Deno.test("1.6: while rejected a call is met with silence, 2.x: with SecurityError", async () => {
  for (const version of VERSIONS) {
    const { clock, csms, open, lose, station, answerBoot } = await setUp(version);
    open();
    await clock.settle();
    await answerBoot("Rejected", 600);
    const before = csms.sent.length;
    station.received('[2,"c1","ClearCache",{}]');
    await clock.settle();
    if (version === "1.6") assert.equal(csms.sent.length, before);
    else assert.equal(JSON.parse(csms.sent.at(-1)!)[2], "SecurityError");
    lose();
  }
});

Deno.test("a call with a wrong payload is refused with its path, and reported", async () => {
  const { clock, csms, open, lose, station, answerBoot, lines } = await setUp("2.0.1");
  open();
  await clock.settle();
  await answerBoot("Accepted", 60);
  assert(station.received('[2,"c1","Reset",{"type":"Sometimes"}]'), "its shape is right");
  await clock.settle();
  const [, , code, description] = JSON.parse(csms.sent.at(-1)!);
  assert.equal(code, "PropertyConstraintViolation");
  assert(description.includes("type"), description);
  assert(lines.some((line) => line.includes('"rule":"OCPP 2.0.1 schema of ResetRequest"')));
  lose();
});

Deno.test("garbage is no proper frame, and does not stop the heartbeats", async () => {
  const { clock, csms, open, lose, station, answerBoot } = await setUp();
  open();
  await clock.settle();
  await answerBoot("Accepted", 60);
  assert(!station.received("hello?"));
  assert(!station.received("[]"));
  await clock.advance(60_000);
  assert.equal(csms.actions.at(-1), "Heartbeat");
  lose();
});

Deno.test("heartbeats go on after a timeout and after a CALLERROR", async () => {
  const { clock, csms, open, lose, station, answerBoot } = await setUp();
  open();
  await clock.settle();
  await answerBoot("Accepted", 60);
  await clock.advance(60_000 + 30_000);
  await clock.advance(60_000);
  station.received(`[4,"${csms.last("Heartbeat").id}","GenericError","",{}]`);
  await clock.advance(60_000);
  assert.equal(csms.actions.filter((action) => action === "Heartbeat").length, 3);
  lose();
});

Deno.test("an identity that the version does not allow is said in the log and not sent", async () => {
  const { clock, csms, open, lose, lines } = await setUp("1.6", {
    identity: { ...IDENTITY, vendor: "A vendor of more than twenty characters" },
  });
  open();
  await clock.settle();
  assert.deepEqual(csms.actions, []);
  assert(lines.some((line) => line.includes("chargePointVendor")), lines.join("\n"));
  lose();
});

Deno.test("the probe makes the CSMS answer, once the station is accepted", async () => {
  const { clock, csms, open, lose, station, answerBoot } = await setUp();
  open();
  await clock.settle();
  assert(!station.probe());
  await answerBoot("Accepted", 600);
  assert(station.probe());
  assert.equal(csms.actions.at(-1), "Heartbeat");
  lose();
});
