import assert from "node:assert/strict";
import { answers, driven, fromNow, type Payload } from "../support.ts";
import { story } from "./support.ts";
import { useCase } from "./use_case.ts";

const CURVE = { curveData: [{ x: 1, y: 2 }], priority: 3, yUnit: "PctMaxW" };
const DEFAULT = { isDefault: true, controlId: "a", controlType: "VoltVar", curve: CURVE };

useCase(
  ["R04"],
  "a control is set, reported, superseded by a more urgent one, and cleared",
  async (h) => {
    await answers(h, "Accepted", "SetDERControl", DEFAULT);
    const urgent = { ...DEFAULT, controlId: "b", curve: { ...CURVE, priority: 1 } };
    assert.deepEqual(await h.call("SetDERControl", urgent), {
      status: "Accepted",
      supersededIds: ["a"],
    });
    await answers(h, "Accepted", "GetDERControl", { requestId: 5 });
    await h.clock.settle();
    const { requestId, curve } = h.only("ReportDERControl");
    assert.equal(requestId, 5);
    assert.deepEqual(
      (curve as Payload[]).map(({ id, isSuperseded }) => [id, isSuperseded]),
      [["a", true], ["b", false]],
    );
    await answers(h, "Accepted", "ClearDERControl", { isDefault: true, controlId: "a" });
    await answers(h, "NotFound", "ClearDERControl", { isDefault: true, controlId: "a" });
    await answers(h, "NotFound", "GetDERControl", { requestId: 6, controlId: "a" });
  },
);

useCase(
  ["R04"],
  "a scheduled control begins and ends at its time, and the CSMS hears of both",
  async (h) => {
    const startTime = fromNow(h, 60_000);
    await answers(h, "Accepted", "SetDERControl", {
      isDefault: false,
      controlId: "s",
      controlType: "VoltWatt",
      curve: { ...CURVE, startTime, duration: 30 },
    });
    await h.clock.advance(59_999);
    assert.deepEqual(story(h), []);
    await h.clock.advance(30_001);
    const told = h.payloads("NotifyDERStartStop");
    assert.deepEqual(told.map(({ controlId, started }) => [controlId, started]), [
      ["s", true],
      ["s", false],
    ]);
    assert.equal(told[0]?.timestamp, startTime);
  },
);

useCase(
  ["R05"],
  "a fault of the grid is told when the user makes one, and when it is over",
  async (h) => {
    for (const alarmEnded of [false, true]) {
      const alarm = {
        controlType: "FreqDroop",
        gridEventFault: "OverFrequency",
        alarmEnded,
        timestamp: fromNow(h, 0),
      };
      await driven(h, h.station.driver.call("NotifyDERAlarm", alarm));
      assert.deepEqual(h.payloads("NotifyDERAlarm").at(-1), alarm);
    }
  },
);
