/**
 * What a CSMS of 2.x sees of a station that boots: B01 with every reason, B02 and B03 with all that is allowed
 * before the boot is accepted, and B04.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { BootReason } from "../../../src/station/spoken.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { VERSIONS } from "./support.ts";

const ANNA = { idToken: "ANNA", type: "ISO14443" };
const HEARTBEAT = {
  component: { name: "OCPPCommCtrlr" },
  variable: { name: "HeartbeatInterval" },
};

/** All but PowerUp, with which a station begins, and Triggered, which the CSMS asks for. */
const REASONS: readonly BootReason[] = [
  "ApplicationReset",
  "FirmwareUpdate",
  "LocalReset",
  "RemoteReset",
  "ScheduledReset",
  "Unknown",
  "Watchdog",
];

/** A station whose first boot is not accepted; the interval is 20 s. */
async function held(
  version: (typeof VERSIONS)[number],
  status: "Pending" | "Rejected",
  interval = 20,
): Promise<StationHarness> {
  const h = await stationHarness({ version });
  h.replies.BootNotification = {
    status,
    currentTime: new Date(h.clock.now()).toISOString(),
    interval,
  };
  await h.open();
  assert.deepEqual(h.csms.actions, ["BootNotification"]);
  h.forget();
  return h;
}

for (const version of VERSIONS) {
  for (const reason of REASONS) {
    Deno.test(`${version}, B01: a station that comes back tells why: ${reason}`, async () => {
      const h = await (await stationHarness({ version })).boot();
      h.station.line.goDown(reason, 1_000);
      assert.deepEqual(h.csms.reconnects, [1_000]);
      await h.lose();
      await h.open();
      assert.equal(h.csms.calls[0]?.payload.reason, reason);
      assert.deepEqual(h.csms.actions.slice(0, 2), ["BootNotification", "StatusNotification"]);
      await h.over();
    });
  }

  Deno.test(`${version}, B02: what a CSMS asks a pending station to report comes, and not later`, async () => {
    const h = await held(version, "Pending");
    const display = { message: { format: "UTF8", content: "Hello" }, priority: "InFront" };
    await h.call("SetDisplayMessage", { message: { id: 1, ...display } });
    const chargingProfile = {
      id: 1,
      stackLevel: 0,
      chargingProfilePurpose: "TxDefaultProfile",
      chargingProfileKind: "Relative",
      chargingSchedule: [{
        id: 1,
        chargingRateUnit: "W",
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 5_000 }],
      }],
    };
    for (const evseId of [0, 1]) {
      const profile = { ...chargingProfile, id: evseId + 1, stackLevel: evseId };
      const set = await h.call("SetChargingProfile", { evseId, chargingProfile: profile });
      assert.equal(set.status, "Accepted");
    }
    h.forget();
    const asked = [
      ["GetDisplayMessages", {}, "NotifyDisplayMessages"],
      ["GetChargingProfiles", { chargingProfile: {} }, "ReportChargingProfiles"],
      [
        "CustomerInformation",
        { report: true, clear: false, idToken: ANNA },
        "NotifyCustomerInformation",
      ],
    ] as const;
    for (const [action, payload, reported] of asked) {
      assert.equal((await h.call(action, { requestId: 7, ...payload })).status, "Accepted");
      await h.clock.settle();
      const parts = h.payloads(reported);
      assert.equal(parts.at(-1)?.tbc ?? false, false, action);
      assert(parts.slice(0, -1).every(({ tbc }) => tbc === true), action);
    }
    assert.equal(h.payloads("ReportChargingProfiles").length, 2);
    await h.over();
  });

  Deno.test(`${version}, B02, F06: a pending station boots when that is triggered, and says why; an accepted one does not`, async () => {
    const h = await held(version, "Pending");
    const trigger = { requestedMessage: "BootNotification" };
    delete h.replies.BootNotification;
    assert.equal((await h.call("TriggerMessage", trigger)).status, "Accepted");
    await h.clock.settle();
    assert.equal(h.only("BootNotification").reason, "Triggered");
    assert(h.station.line.accepted);
    h.forget();
    assert.equal((await h.call("TriggerMessage", trigger)).status, "Rejected");
    await h.clock.settle();
    assert.deepEqual(h.csms.actions, []);
    await h.over();
  });

  Deno.test(`${version}, B02: a pending station obeys, and says only what it is asked for`, async () => {
    const h = await held(version, "Pending");
    await h.station.driver.plug(1);
    const getVariableData = [HEARTBEAT];
    const [got] = (await h.call("GetVariables", { getVariableData })).getVariableResult as {
      attributeStatus: string;
    }[];
    assert.equal(got?.attributeStatus, "Accepted");
    const setVariableData = [{ ...HEARTBEAT, attributeValue: "90" }];
    const [set] = (await h.call("SetVariables", { setVariableData })).setVariableResult as {
      attributeStatus: string;
    }[];
    assert.equal(set?.attributeStatus, "Accepted");
    assert.deepEqual(h.csms.actions, [], "answers only");
    const report = { requestId: 1, componentVariable: [HEARTBEAT] };
    assert.equal((await h.call("GetReport", report)).status, "Accepted");
    await h.clock.settle();
    const base = { requestId: 2, reportBase: "SummaryInventory" };
    assert.equal((await h.call("GetBaseReport", base)).status, "Accepted");
    await h.clock.settle();
    const evse = { id: 1, connectorId: 1 };
    await h.call("TriggerMessage", { requestedMessage: "StatusNotification", evse });
    await h.clock.settle();
    assert.deepEqual([...new Set(h.csms.actions)], ["NotifyReport", "StatusNotification"]);
    await h.over();
  });

  Deno.test(`${version}, B02: nobody charges while the boot is pending, whoever asks for it (B02.FR.05)`, async () => {
    const h = await held(version, "Pending");
    await h.station.driver.plug(1);
    const deed = await h.station.driver.authorize(1, ANNA);
    assert.equal(deed.kind, "refused");
    const start = { idToken: ANNA, remoteStartId: 1, evseId: 1 };
    assert.equal((await h.call("RequestStartTransaction", start)).status, "Rejected");
    const stop = await h.call("RequestStopTransaction", { transactionId: "x" });
    assert.equal(stop.status, "Rejected");
    await h.clock.settle();
    assert.deepEqual(h.csms.actions, []);
    await h.over();
  });

  for (const status of ["Pending", "Rejected"] as const) {
    const what = status === "Pending" ? "B02" : "B03";

    Deno.test(`${version}, ${what}: ${status}, it boots again after the interval, not before, on a new connection too`, async () => {
      const h = await held(version, status);
      await h.clock.advance(10_000);
      await h.lose();
      await h.open();
      await h.clock.advance(9_999);
      assert.deepEqual(h.csms.actions, []);
      await h.clock.advance(1);
      assert.deepEqual(h.csms.actions, ["BootNotification"]);
      assert.equal(h.only("BootNotification").reason, "PowerUp");
      await h.over();
    });

    Deno.test(`${version}, ${what}: ${status} with interval 0, it waits as long as it sees fit`, async () => {
      const h = await held(version, status, 0);
      await h.clock.advance(59_999);
      assert.deepEqual(h.csms.actions, []);
      await h.clock.advance(1);
      assert.deepEqual(h.csms.actions, ["BootNotification"]);
      await h.over();
    });
  }

  Deno.test(`${version}, B03: a rejected station answers every call with SecurityError, and says nothing`, async () => {
    const h = await held(version, "Rejected");
    const calls: readonly (readonly [string, Record<string, unknown>])[] = [
      ["GetVariables", { getVariableData: [HEARTBEAT] }],
      ["GetBaseReport", { requestId: 1, reportBase: "FullInventory" }],
      ["TriggerMessage", { requestedMessage: "BootNotification" }],
      ["RequestStartTransaction", { idToken: ANNA, remoteStartId: 1 }],
      ["Reset", { type: "Immediate" }],
    ];
    for (const [action, payload] of calls) {
      assert.deepEqual(await h.call(action, payload), { error: "SecurityError" }, action);
    }
    await h.clock.advance(19_999);
    assert.deepEqual(h.csms.actions, []);
    await h.over();
  });

  Deno.test(`${version}, B01: once it is accepted it tells how it is, and beats at the interval it was given`, async () => {
    const h = await held(version, "Pending");
    h.replies.BootNotification = {
      status: "Accepted",
      currentTime: new Date(h.clock.now()).toISOString(),
      interval: 90,
    };
    await h.clock.advance(20_000);
    assert.deepEqual(h.csms.actions, ["BootNotification", "StatusNotification"]);
    h.forget();
    await h.clock.advance(89_999);
    assert.deepEqual(h.csms.actions, []);
    await h.clock.advance(1);
    assert.deepEqual(h.csms.actions, ["Heartbeat"]);
    await h.over();
  });

  Deno.test(`${version}, B04: after a short time without a connection only what changed is told, and no boot`, async () => {
    const station = { connectors: [{ id: 1 }, { id: 2 }] };
    const h = await (await stationHarness({ version, station })).boot();
    await h.lose();
    await h.clock.advance(59_000);
    await h.station.driver.plug(2);
    await h.open();
    assert.deepEqual(h.payloads("StatusNotification").map(({ evseId }) => evseId), [2]);
    assert(!h.csms.actions.includes("BootNotification"));
    await h.over();
  });

  Deno.test(`${version}, B04: after more than OfflineThreshold every connector is told, and no boot`, async () => {
    const station = { connectors: [{ id: 1 }, { id: 2 }] };
    const h = await (await stationHarness({ version, station })).boot();
    await h.lose();
    await h.clock.advance(61_000);
    await h.open();
    assert.deepEqual(h.payloads("StatusNotification").map(({ evseId }) => evseId), [1, 2]);
    assert(!h.csms.actions.includes("BootNotification"));
    await h.over();
  });
}
