import assert from "node:assert/strict";
import type { Payload } from "../../../src/ocpp/mod.ts";
import { Monitoring } from "../../../src/station/device_model/monitoring.ts";
import type { StreamWanted } from "../../../src/station/streams/streams.ts";
import type { HarnessOptions, StationHarness } from "../../support/station_harness.ts";
import { stationHarness } from "../../support/station_harness.ts";
import { deviceHarness, named, setVariable, TWO_EVSES } from "./device_harness.ts";
import { type Version, VERSIONS } from "./support.ts";

const TAG = { idToken: "TAG1", type: "Central" };
const POWER = named("EVSE.Power", { id: 1 });

/** A station with one monitor of the CSMS: its id is 1000. */
async function watched(
  monitor: object,
  version: Version = "2.1",
  options: HarnessOptions = {},
): Promise<StationHarness> {
  const h = await deviceHarness(version, options);
  const setMonitoringData = [{ severity: 4, ...monitor }];
  const answer = await h.call("SetVariableMonitoring", { setMonitoringData });
  const [result] = answer.setMonitoringResult as Payload[];
  assert.deepEqual([result?.status, result?.id], ["Accepted", 1000]);
  h.forget();
  return h;
}

/** The events that were told since they were asked for last. */
function told(h: StationHarness): Payload[] {
  const messages = h.payloads("NotifyEvent");
  for (const { seqNo, tbc } of messages) assert.deepEqual([seqNo, tbc], [0, false]);
  h.forget();
  return messages.flatMap(({ eventData }) => eventData as Payload[]);
}

/** What is short of them: the value, how it was found, and whether it is over. */
function short(events: Payload[]): unknown[] {
  return events.map(({ actualValue, trigger, cleared }) =>
    cleared === true ? [actualValue, trigger, "cleared"] : [actualValue, trigger]
  );
}

for (const version of VERSIONS) {
  Deno.test(`${version}, N07: a threshold is told when it is passed and when it no longer is`, async () => {
    const h = await watched({ ...POWER, type: "UpperThreshold", value: 5000 }, version);
    await h.station.driver.startTransaction(1, TAG);
    await h.clock.advance(60_000);
    const [passed, ...more] = told(h);
    assert.deepEqual(more, []);
    const { eventId, timestamp: _, actualValue, transactionId, ...rest } = passed!;
    assert.equal(eventId, 1);
    assert(Number(actualValue) > 5000);
    assert.equal(transactionId, h.station.connector(1)?.transaction?.id);
    assert.deepEqual(rest, {
      trigger: "Alerting",
      ...POWER,
      variableMonitoringId: 1000,
      eventNotificationType: "CustomMonitor",
      ...(version === "2.1" ? { severity: 4 } : {}),
    });
    await h.station.driver.stopTransaction(1, {});
    await h.clock.settle();
    assert.deepEqual(short(told(h)), [["0", "Alerting", "cleared"]]);
    await h.over();
  });

  Deno.test(`${version}, N07: what breaks is told unasked, with what the station knows of it`, async () => {
    const h = await deviceHarness(version);
    await h.station.driver.status(2, {
      status: "Faulted",
      errorCode: "GroundFailure",
      info: "12 mA",
    });
    await h.clock.settle();
    const [event, ...more] = told(h);
    assert.deepEqual(more, []);
    const { eventId: _, timestamp, ...rest } = event!;
    assert.equal(timestamp, "2026-01-01T00:00:00.000Z");
    assert.deepEqual(rest, {
      trigger: "Delta",
      actualValue: "true",
      techCode: "GroundFailure",
      techInfo: "12 mA",
      ...named("Connector.Problem", { id: 2, connectorId: 1 }),
      variableMonitoringId: 11,
      eventNotificationType: "HardWiredMonitor",
      ...(version === "2.1" ? { severity: 2 } : {}),
    });
    await h.station.driver.status(2, { status: "Available" });
    await h.clock.settle();
    assert.deepEqual(short(told(h)), [["false", "Delta"]]);
    await h.over();
  });
}

Deno.test("N07: a threshold that is passed already is told once the answer is out", async () => {
  const h = await deviceHarness("2.1");
  await h.station.driver.startTransaction(1, TAG);
  await h.clock.advance(60_000);
  h.forget();
  const setMonitoringData = [{ ...POWER, type: "UpperThreshold", value: 100, severity: 4 }];
  await h.call("SetVariableMonitoring", { setMonitoringData });
  await h.clock.settle();
  const [answer, event] = h.csms.sent.map((text) => JSON.parse(text));
  assert.equal(answer[0], 3);
  assert.equal(event[2], "NotifyEvent");
  await h.over();
});

Deno.test("N07: a lower threshold", async () => {
  const h = await watched({ ...POWER, type: "LowerThreshold", value: 100 });
  await h.clock.settle();
  const setUp = told(h);
  await h.station.driver.startTransaction(1, TAG);
  await h.clock.advance(60_000);
  const cleared = told(h);
  assert.deepEqual(short(cleared).map((one) => (one as string[]).slice(1)), [[
    "Alerting",
    "cleared",
  ]]);
  assert.deepEqual(setUp, [], "it was told before, with the answer");
  await h.over();
});

Deno.test("N07: a delta is counted from what was told last", async () => {
  const register = named("FiscalMetering.EnergyImportRegister", { id: 2 });
  const h = await watched({ ...register, type: "Delta", value: 2000 });
  await h.station.driver.startTransaction(2, TAG);
  await h.clock.advance(900_000);
  const values = told(h).map(({ actualValue }) => Number(actualValue));
  assert(values.length >= 3, String(values));
  values.forEach((value, index) => assert(value - (values[index - 1] ?? 0) > 2000, String(values)));
  await h.over();
});

Deno.test("N07: of what is no number every change is a delta", async () => {
  const state = named("Connector.AvailabilityState", { id: 1, connectorId: 1 });
  const h = await watched({ ...state, type: "Delta", value: 5 });
  await h.station.driver.plug(1);
  await h.clock.settle();
  assert.deepEqual(short(told(h)), [["Occupied", "Delta"]]);
  await h.station.driver.unplug(1);
  await h.clock.settle();
  assert.deepEqual(short(told(h)), [["Available", "Delta"]]);
  await h.over();
});

Deno.test("2.1, N07: a target delta tells when the car takes less than it is offered", async () => {
  const h = await watched({ ...POWER, type: "TargetDelta", value: 15_000 });
  await h.station.driver.startTransaction(1, TAG);
  await h.clock.advance(20_000);
  assert.deepEqual(told(h), [], "11 of 22 kW");
  await h.station.driver.status(1, { status: "SuspendedEV" });
  await h.clock.settle();
  assert.deepEqual(short(told(h)), [["0", "Delta"]]);
  await h.over();
});

Deno.test("N07: a monitor of transactions is blind without one", async () => {
  const state = named("Connector.AvailabilityState", { id: 1, connectorId: 1 });
  const h = await watched({ ...state, type: "Delta", value: 0, transaction: true });
  await h.station.driver.plug(1);
  await h.station.driver.unplug(1);
  await h.clock.settle();
  assert.deepEqual(told(h), []);
  await h.station.driver.startTransaction(1, TAG);
  await h.clock.advance(30_000);
  assert.deepEqual(told(h), [], "it begins with what there is");
  await h.station.driver.stopTransaction(1, {});
  await h.station.driver.unplug(1);
  await h.clock.settle();
  assert.deepEqual(told(h), [], "what came after it is nothing to it");
  await h.over();
});

for (const version of VERSIONS) {
  Deno.test(`${version}, N08: a periodic monitor tells the value in its interval`, async () => {
    const h = await watched({ ...POWER, type: "Periodic", value: 30, severity: 8 }, version);
    await h.clock.advance(29_999);
    assert.deepEqual(told(h), []);
    await h.clock.advance(60_001);
    assert.deepEqual(short(told(h)), Array(3).fill(["0", "Periodic"]));
    await h.over();
  });
}

Deno.test("N08: a clock-aligned monitor tells at the marks of the day", async () => {
  const h = await deviceHarness("2.1");
  await h.clock.advance(100_000);
  const setMonitoringData = [
    { ...POWER, type: "PeriodicClockAligned", value: 900, severity: 4 },
  ];
  await h.call("SetVariableMonitoring", { setMonitoringData });
  await h.clock.advance(1_800_000);
  assert.deepEqual(told(h).map(({ timestamp }) => String(timestamp).slice(11, 19)), [
    "00:15:00",
    "00:30:00",
  ]);
  await h.over();
});

Deno.test("N08: another monitor does not disturb the intervals of those that there are", async () => {
  const h = await watched({ ...POWER, type: "Periodic", value: 60 });
  await h.clock.advance(40_000);
  const setMonitoringData = [{ ...POWER, type: "Delta", value: 1, severity: 4 }];
  await h.call("SetVariableMonitoring", { setMonitoringData });
  await h.clock.advance(20_000);
  assert.equal(told(h).length, 1);
  await h.over();
});

Deno.test("N05: what is less severe than the level is not told", async () => {
  const h = await watched({ ...POWER, type: "Periodic", value: 60, severity: 6 });
  await h.call("SetMonitoringLevel", { severity: 5 });
  await h.clock.advance(120_000);
  assert.deepEqual(told(h), []);
  await h.call("SetMonitoringLevel", { severity: 6 });
  await h.clock.advance(60_000);
  assert.equal(told(h).length, 1);
  await h.over();
});

Deno.test("N03: without monitoring nothing is told", async () => {
  const h = await watched({ ...POWER, type: "Periodic", value: 60 });
  assert.equal(await setVariable(h, "MonitoringCtrlr.Enabled", "false"), "Accepted");
  await h.station.driver.status(1, { status: "Faulted" });
  await h.clock.advance(120_000);
  assert.deepEqual(told(h), []);
  await h.over();
});

Deno.test("N03: what is preconfigured is told until it is switched off", async () => {
  const h = await deviceHarness("2.1");
  await h.call("ChangeAvailability", { operationalStatus: "Inoperative" });
  await h.clock.settle();
  assert.equal(JSON.parse(h.csms.sent[0]!)[0], 3, "the answer comes first");
  const [event] = told(h);
  assert.deepEqual(short([event!]), [["Unavailable", "Delta"]]);
  assert.equal(event?.eventNotificationType, "PreconfiguredMonitor");
  await h.call("SetMonitoringBase", { monitoringBase: "HardWiredOnly" });
  await h.call("ChangeAvailability", { operationalStatus: "Operative" });
  await h.clock.settle();
  assert.deepEqual(told(h), []);
  await h.over();
});

Deno.test("N07: offline, what is severe enough waits, all else is lost (OfflineQueuingSeverity)", async () => {
  const h = await watched({ ...POWER, type: "Periodic", value: 60, severity: 6 });
  assert.equal(await setVariable(h, "MonitoringCtrlr.OfflineQueuingSeverity", "2"), "Accepted");
  await h.lose();
  await h.clock.advance(120_000);
  await h.station.driver.status(1, { status: "Faulted" });
  await h.clock.advance(60_000);
  h.forget();
  await h.open();
  await h.clock.settle();
  const events = told(h);
  assert.deepEqual(short(events), [["true", "Delta"]]);
  assert.equal(events[0]?.timestamp, "2026-01-01T00:02:00.000Z");
  await h.over();
});

Deno.test("N07: what was on its way when the connection was lost is told on the next", async () => {
  const h = await deviceHarness("2.1", { replies: { NotifyEvent: "silence" } });
  await h.station.driver.status(1, { status: "Faulted" });
  await h.clock.settle();
  assert.equal(told(h).length, 1);
  await h.lose();
  h.replies = {};
  await h.open();
  await h.clock.settle();
  assert.equal(told(h).length, 1);
  await h.over();
});

Deno.test("N07: a year offline keeps a hundred events, and the log says once that there were more", async () => {
  const h = await watched({ ...POWER, type: "Periodic", value: 60, severity: 1 });
  await h.lose();
  await h.clock.advance(7_200_000 + 30 * 60_000);
  await h.open();
  await h.clock.settle();
  const messages = h.payloads("NotifyEvent");
  assert.deepEqual(messages.map(({ seqNo, tbc }) => [seqNo, tbc]), [[0, true], [1, false]]);
  assert.equal(messages.flatMap(({ eventData }) => eventData).length, 100);
  assert.equal(h.lines.filter((line) => line.includes("are given up")).length, 1);
  await h.over();
});

Deno.test("N07: what happens at one moment is told in one message", async () => {
  const h = await deviceHarness("2.1");
  await h.station.driver.status(0, { status: "Faulted", errorCode: "PowerMeterFailure" });
  await h.clock.settle();
  const messages = h.payloads("NotifyEvent");
  assert.equal(messages.length, 1);
  assert.deepEqual(
    (messages[0]?.eventData as { component: Payload; variable: Payload }[])
      .map(({ component, variable }) => `${component.name}.${variable.name}`).sort(),
    [
      "ChargingStation.AvailabilityState",
      "ChargingStation.Problem",
      "Connector.Problem",
      "Connector.Problem",
    ],
  );
  await h.over();
});

Deno.test("N07: a CSMS that does not take an event hears of the next all the same", async () => {
  const h = await deviceHarness("2.1", { replies: { NotifyEvent: { error: "InternalError" } } });
  await h.station.driver.status(1, { status: "Faulted" });
  await h.clock.settle();
  assert.equal(told(h).length, 1);
  assert(h.lines.some((line) => line.includes("does not take the events of monitors")));
  await h.station.driver.status(2, { status: "Faulted" });
  await h.clock.settle();
  assert.equal(told(h).length, 1);
  await h.over();
});

Deno.test("N07: a station of 1.6 has nothing to say of it", async () => {
  const h = await (await stationHarness({ version: "1.6", station: TWO_EVSES })).boot();
  await h.station.driver.status(1, { status: "Faulted" });
  await h.clock.settle();
  assert.deepEqual(h.said, ["StatusNotification Faulted"]);
  await h.over();
});

Deno.test("an idle station has no monitors made, and no timer for them", async () => {
  const h = await deviceHarness("2.1");
  await h.station.driver.startTransaction(1, TAG);
  await h.clock.advance(60_000);
  await h.station.driver.stopTransaction(1, {});
  await h.station.driver.unplug(1);
  assert.equal(h.station.isServed, false);
  await h.over();
});

Deno.test("2.1, N11: a periodic monitor may have a stream, and then no events", async () => {
  const h = await deviceHarness("2.1");
  const opened: StreamWanted[] = [];
  const closed: number[] = [];
  const { streams } = h.station.services.facilities;
  streams.open = (wanted) => Promise.resolve(opened.push(wanted) > 0);
  streams.closeOf = (id) => void closed.push(id);
  const periodicEventStream = { interval: 30, values: 10 };
  const setMonitoringData = [
    { ...POWER, type: "Periodic", value: 10, severity: 4, periodicEventStream },
    { ...POWER, type: "Delta", value: 1, severity: 4, periodicEventStream },
  ];
  const answer = await h.call("SetVariableMonitoring", { setMonitoringData });
  assert.deepEqual(
    (answer.setMonitoringResult as Payload[]).map(({ status }) => status),
    ["Accepted", "Rejected"],
  );
  await h.clock.advance(35_000);
  assert.deepEqual(told(h), []);
  const [{ monitorId, rate, periodS, read }] = opened as [StreamWanted];
  assert.deepEqual([monitorId, rate, periodS], [1000, { intervalS: 30, values: 10 }, 10]);
  assert.equal(read(), "0");
  await h.call("ClearVariableMonitoring", { id: [1000] });
  assert.deepEqual(closed, [1000]);
  await h.over();
});

Deno.test("N04: monitors and what waits survive a restart", async () => {
  const h = await watched({ ...POWER, type: "Periodic", value: 60, severity: 1 });
  await h.lose();
  await h.clock.advance(60_000);
  const { events } = h.station.services.monitoring;
  await h.station.memory.saved();
  const again = new Monitoring(h.station, h.station.memory);
  assert.deepEqual(again.monitors, h.station.services.monitoring.monitors);
  assert.deepEqual(again.events.waiting, events.waiting);
  await h.clock.advance(60_000);
  assert.equal(again.events.waiting.length, 2, "its intervals go on");
  again.stop();
  await h.over();
});
