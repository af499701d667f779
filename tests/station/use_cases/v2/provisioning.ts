import assert from "node:assert/strict";
import { collected, named, valueOf } from "../../v2/device_harness.ts";
import { answers } from "../support.ts";
import { configure, story, TWO } from "./support.ts";
import { useCase } from "./use_case.ts";

const at = (clock: { now(): number }) => new Date(clock.now()).toISOString();

useCase(
  ["B01", "G01"],
  "a station says who it is and why it boots, and then how each of its connectors is",
  async (h) => {
    await h.open();
    assert.deepEqual(h.only("BootNotification"), {
      reason: "PowerUp",
      chargingStation: {
        vendorName: "ACME",
        model: "Wallbox",
        serialNumber: "SN-1",
        firmwareVersion: "1.0.0",
      },
    });
    assert.deepEqual(story(h), [
      "BootNotification",
      "StatusNotification Available",
      "StatusNotification Available",
    ]);
    const told = h.payloads("StatusNotification").map(({ evseId, connectorId }) => [
      evseId,
      connectorId,
    ]);
    assert.deepEqual(told, [[1, 1], [2, 1]]);
    await h.clock.advance(3_600_000);
    assert.equal(story(h).at(-1), "Heartbeat");
  },
  {
    booted: false,
    station: {
      vendor: "ACME",
      model: "Wallbox",
      serial_number: "SN-1",
      firmware_version: "1.0.0",
      connectors: [{}, {}],
    },
  },
);

useCase(
  ["B02"],
  "while it is pending it says nothing of its own accord, lets itself be configured, and starts nothing",
  async (h) => {
    h.replies.BootNotification = { status: "Pending", currentTime: at(h.clock), interval: 20 };
    await h.open();
    await h.clock.advance(19_999);
    assert.deepEqual(story(h), ["BootNotification"]);
    await configure(h, { "OCPPCommCtrlr.HeartbeatInterval": "90" });
    await answers(h, "Accepted", "GetBaseReport", {
      requestId: 1,
      reportBase: "ConfigurationInventory",
    });
    await answers(h, "Accepted", "TriggerMessage", {
      requestedMessage: "StatusNotification",
      evse: { id: 1, connectorId: 1 },
    });
    await h.clock.settle();
    assert.equal(new Set(story(h)).size, 3, story(h).join());
    assert(collected(h, "NotifyReport", "reportData").length > 50);
    const start = { idToken: { idToken: "ANNA", type: "Central" }, remoteStartId: 1, evseId: 1 };
    await answers(h, "Rejected", "RequestStartTransaction", start);
    await answers(h, "Rejected", "RequestStopTransaction", { transactionId: "t1" });
    h.forget();
    delete h.replies.BootNotification;
    await h.clock.advance(1_000);
    assert.equal(story(h)[0], "BootNotification");
    assert(story(h).includes("StatusNotification Available"));
  },
  { booted: false },
);

useCase(
  ["B03"],
  "while it is rejected it says nothing, and answers whoever asks with a SecurityError",
  async (h) => {
    h.replies.BootNotification = { status: "Rejected", currentTime: at(h.clock), interval: 60 };
    await h.open();
    const getVariableData = [named("ClockCtrlr.DateTime")];
    assert.deepEqual(await h.call("GetVariables", { getVariableData }), { error: "SecurityError" });
    await h.clock.advance(59_999);
    assert.deepEqual(story(h), ["BootNotification"]);
    await h.clock.advance(1);
    assert.deepEqual(story(h), ["BootNotification", "BootNotification"]);
  },
  { booted: false },
);

useCase(
  ["B04"],
  "after a short time offline it tells what changed, after more than OfflineThreshold how all is",
  async (h) => {
    await configure(h, { "OCPPCommCtrlr.OfflineThreshold": "120" });
    await h.lose();
    await h.station.driver.plug(2);
    await h.clock.advance(100_000);
    await h.open();
    const told = () =>
      h.payloads("StatusNotification").map(({ evseId, connectorStatus }) => [
        evseId,
        connectorStatus,
      ]);
    assert.deepEqual(told(), [[2, "Occupied"]]);
    assert.deepEqual(h.payloads("BootNotification"), []);
    await h.lose();
    h.forget();
    await h.clock.advance(121_000);
    await h.open();
    assert.deepEqual(told(), [[1, "Available"], [2, "Occupied"]]);
    assert.deepEqual(h.payloads("BootNotification"), []);
  },
  TWO,
);

useCase(
  ["B05", "B06"],
  "variables are set and told, each with its own status",
  async (h) => {
    const setVariableData = [
      { ...named("OCPPCommCtrlr.HeartbeatInterval"), attributeValue: "90" },
      { ...named("OCPPCommCtrlr.HeartbeatInterval"), attributeValue: "soon" },
      { ...named("ChargingStation.VendorName"), attributeValue: "Other" },
      { ...named("Ghost.Interval"), attributeValue: "1" },
      { ...named("OCPPCommCtrlr.Ghost"), attributeValue: "1" },
      {
        ...named("OCPPCommCtrlr.HeartbeatInterval"),
        attributeType: "Target",
        attributeValue: "1",
      },
    ];
    const set = await h.call("SetVariables", { setVariableData });
    assert.deepEqual(
      (set.setVariableResult as { attributeStatus: string }[]).map((one) => one.attributeStatus),
      [
        "Accepted",
        "Rejected",
        "Rejected",
        "UnknownComponent",
        "UnknownVariable",
        "NotSupportedAttributeType",
      ],
    );
    assert.equal(await valueOf(h, "OCPPCommCtrlr.HeartbeatInterval"), "90");
    assert.equal(await valueOf(h, "SecurityCtrlr.BasicAuthPassword"), "[Rejected]");
    assert.equal(await valueOf(h, "Ghost.Interval"), "[UnknownComponent]");
    await h.clock.advance(90_000);
    assert.deepEqual(story(h), ["Heartbeat"]);
  },
);

useCase(
  ["B07", "B08"],
  "the device model is reported in parts: all that can be set, all, or what is asked for",
  async (h) => {
    const report = async (action: string, request: object) => {
      h.forget();
      await answers(h, "Accepted", action, { requestId: 7, ...request });
      await h.clock.settle();
      return collected(h, "NotifyReport", "reportData") as {
        component: { name: string };
        variable: { name: string };
        variableAttribute: { value?: string }[];
      }[];
    };
    const settable = await report("GetBaseReport", { reportBase: "ConfigurationInventory" });
    const all = await report("GetBaseReport", { reportBase: "FullInventory" });
    assert(all.length > settable.length && settable.length > 50);
    assert(h.payloads("NotifyReport").every(({ requestId }) => requestId === 7));
    const one = await report("GetReport", {
      componentVariable: [named("ClockCtrlr.TimeSource")],
    });
    assert.deepEqual(one.map(({ variableAttribute }) => variableAttribute[0]?.value), [
      "Heartbeat",
    ]);
    await h.station.driver.status(1, { status: "Faulted" });
    const broken = await report("GetReport", { componentCriteria: ["Problem"] });
    assert(broken.some(({ component }) => component.name === "Connector"));
    await answers(h, "EmptyResultSet", "GetReport", {
      requestId: 8,
      componentVariable: [{ component: { name: "Ghost" } }],
    });
  },
);
