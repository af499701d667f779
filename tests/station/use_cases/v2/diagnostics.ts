import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { serve } from "../../service/support.ts";
import { collected, named } from "../../v2/device_harness.ts";
import { answers, CAR, driven, type Payload, untilSaid } from "../support.ts";
import { ANNA, charge, configure, present, story } from "./support.ts";
import { useCase } from "./use_case.ts";

const POWER = named("EVSE.Power", { id: 1 });
const OVER_5_KW = { ...POWER, type: "UpperThreshold", value: 5000, severity: 4 };

/** Sets a monitor, which the station must accept, and gives its id. */
async function watch(h: StationHarness, monitor: object): Promise<number> {
  const answer = await h.call("SetVariableMonitoring", { setMonitoringData: [monitor] });
  const [result] = answer.setMonitoringResult as { status: string; id: number }[];
  assert.equal(result?.status, "Accepted");
  h.forget();
  return result.id;
}

/** What was told of a monitor: `Alerting 11000`. */
function events(h: StationHarness): readonly string[] {
  return h.payloads("NotifyEvent").flatMap(({ eventData }) => eventData as Payload[])
    .map(({ trigger, cleared, component }) =>
      [(component as Payload).name, trigger, cleared === true ? "cleared" : ""].join(" ").trim()
    );
}

useCase(
  ["N01"],
  "the log is uploaded under its request, and a second request cancels the first",
  async (h) => {
    await using files = serve(() => new Response(null, { status: 201 }));
    const answer = await h.call("GetLog", {
      logType: "DiagnosticsLog",
      requestId: 11,
      log: { remoteLocation: `${files.url}/logs/` },
    });
    assert.equal(answer.status, "Accepted");
    await untilSaid(h, "LogStatusNotification Uploaded");
    assert.deepEqual(h.payloads("LogStatusNotification"), [
      { status: "Uploading", requestId: 11 },
      { status: "Uploaded", requestId: 11 },
    ]);
    const [upload] = files.requests;
    assert(String(upload?.url).includes(String(answer.filename)));
    assert.match(upload!.body, /Accepted by the CSMS/);
    await answers(h, "Accepted", "GetLog", {
      logType: "SecurityLog",
      requestId: 12,
      log: { remoteLocation: "ftp://files.example/logs" },
    });
    await h.clock.settle();
    assert.equal(story(h).at(-1), "LogStatusNotification NotSupportedOperation");
  },
);

useCase(
  ["N02", "N04", "N06"],
  "a monitor is set, reported, and cleared once",
  async (h) => {
    const id = await watch(h, OVER_5_KW);
    const request = {
      requestId: 5,
      monitoringCriteria: ["ThresholdMonitoring"],
      componentVariable: [POWER],
    };
    await answers(h, "Accepted", "GetMonitoringReport", request);
    await h.clock.settle();
    const [found] = collected(h, "NotifyMonitoringReport", "monitor") as {
      variableMonitoring: { id: number; value: number; type: string }[];
    }[];
    const [monitor] = found!.variableMonitoring;
    assert.deepEqual([monitor?.id, monitor?.value, monitor?.type], [id, 5000, "UpperThreshold"]);
    const clear = async () =>
      (await h.call("ClearVariableMonitoring", { id: [id] })).clearMonitoringResult;
    assert.deepEqual(await clear(), [{ id, status: "Accepted" }]);
    assert.deepEqual(await clear(), [{ id, status: "NotFound" }]);
    await answers(h, "EmptyResultSet", "GetMonitoringReport", request);
  },
);

useCase(
  ["N03"],
  "the base decides which monitors are at work",
  async (h) => {
    const id = await watch(h, OVER_5_KW);
    const ids = () => h.station.services.monitoring.monitors.map((one) => one.id);
    assert(ids().includes(id));
    await answers(h, "Accepted", "SetMonitoringBase", { monitoringBase: "All" });
    assert(ids().includes(id));
    await answers(h, "Accepted", "SetMonitoringBase", { monitoringBase: "FactoryDefault" });
    const factory = ids();
    assert(!factory.includes(id));
    await answers(h, "Accepted", "SetMonitoringBase", { monitoringBase: "HardWiredOnly" });
    assert(ids().length > 0 && ids().length < factory.length);
  },
);

useCase(
  ["N05", "N07"],
  "an alert comes when its threshold is passed and when that is over, if its severity is asked for",
  async (h) => {
    await watch(h, OVER_5_KW);
    await charge(h);
    await h.clock.advance(60_000);
    assert.deepEqual(events(h), ["EVSE Alerting"]);
    await driven(h, h.station.driver.stopTransaction(1, {}));
    assert.deepEqual(events(h), ["EVSE Alerting", "EVSE Alerting cleared"]);
    await driven(h, h.station.driver.unplug(1));
    await answers(h, "Accepted", "SetMonitoringLevel", { severity: 3 });
    h.forget();
    await charge(h);
    await h.clock.advance(60_000);
    assert.deepEqual(events(h), []);
    await answers(h, "Rejected", "SetMonitoringLevel", { severity: 12 });
  },
);

useCase(
  ["N07"],
  "what breaks offline waits when it is severe enough, what is not is lost",
  async (h) => {
    await configure(h, { "MonitoringCtrlr.OfflineQueuingSeverity": "3" });
    await watch(h, { ...OVER_5_KW, severity: 6 });
    await h.lose();
    await driven(h, h.station.driver.status(1, { status: "Faulted" }));
    await driven(h, h.station.driver.status(1, { status: "Available" }));
    await h.open();
    await h.clock.settle();
    assert.deepEqual(events(h), ["Connector Delta", "Connector Delta"]);
  },
);

useCase(
  ["N08"],
  "a periodic monitor tells its value at its interval",
  async (h) => {
    await watch(h, { ...POWER, type: "Periodic", value: 60, severity: 8 });
    await h.clock.advance(180_000);
    assert.deepEqual(events(h), ["EVSE Periodic", "EVSE Periodic", "EVSE Periodic"]);
  },
);

useCase(
  ["N09", "N10"],
  "what the station knows of a customer is told, and forgotten when the CSMS wants it",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    await present(h);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    h.forget();
    const ask = async (report: boolean, clear: boolean) => {
      h.forget();
      await answers(h, "Accepted", "CustomerInformation", {
        requestId: 9,
        report,
        clear,
        idToken: ANNA,
      });
      await h.clock.settle();
      return String(h.only("NotifyCustomerInformation").data);
    };
    assert.match(await ask(true, false), /^Authorization cache: Accepted\nTransaction /);
    assert.match(await ask(true, true), /^Authorization cache/);
    assert.equal(await ask(true, false), "Nothing is known of this customer");
    await answers(h, "Invalid", "CustomerInformation", {
      requestId: 9,
      report: true,
      clear: false,
    });
  },
);

const STREAM = {
  ...POWER,
  type: "Periodic",
  value: 1,
  severity: 8,
  periodicEventStream: { values: 3 },
};
const OPENED = { replies: { OpenPeriodicEventStream: { status: "Accepted" } } };

useCase(
  ["N11", "N12", "N15"],
  "a monitor wants a stream, which is opened, listed, and sends unanswered",
  async (h) => {
    const monitor = await watch(h, STREAM);
    await h.clock.settle();
    const stream = { id: 1, variableMonitoringId: monitor, params: { values: 3 } };
    assert.deepEqual(await h.call("GetPeriodicEventStream", {}), { constantStreamData: [stream] });
    await h.clock.advance(3_000);
    const sends = h.csms.sent.map((text) => JSON.parse(text)).filter(([type]) => type === 6);
    assert.equal(sends.length, 1);
    assert.equal(sends[0][2], "NotifyPeriodicEventStream");
    assert.deepEqual(sends[0][3].data.map(({ v }: { v: string }) => v), ["0", "0", "0"]);
    assert.deepEqual(events(h), []);
  },
  OPENED,
);

useCase(
  ["N13", "N14"],
  "a stream is made to send otherwise, and closes with its monitor",
  async (h) => {
    const monitor = await watch(h, STREAM);
    await h.clock.settle();
    const adjust = (id: number) => ({ id, params: { interval: 10 } });
    await answers(h, "Accepted", "AdjustPeriodicEventStream", adjust(1));
    await answers(h, "Rejected", "AdjustPeriodicEventStream", adjust(2));
    h.forget();
    await h.clock.advance(10_000);
    assert.deepEqual(story(h), ["NotifyPeriodicEventStream"]);
    h.forget();
    await h.call("ClearVariableMonitoring", { id: [monitor] });
    await h.clock.settle();
    assert.deepEqual(h.only("ClosePeriodicEventStream"), { id: 1 });
    assert.deepEqual(await h.call("GetPeriodicEventStream", {}), {});
    await h.clock.advance(60_000);
    assert.deepEqual(story(h), ["ClosePeriodicEventStream"]);
  },
  OPENED,
);
