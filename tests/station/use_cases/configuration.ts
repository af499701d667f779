import assert from "node:assert/strict";
import { answers, configure, driven, type Payload, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["§5.3", "§5.8", "§9"],
  "a key is read, written and checked as its definition wants it",
  () =>
    withStation(async (h) => {
      await configure(h, { HeartbeatInterval: "120" });
      const { configurationKey, unknownKey } = await h.call("GetConfiguration", {
        key: ["HeartbeatInterval", "NumberOfConnectors", "NoSuchKey"],
      });
      assert.deepEqual(configurationKey, [
        { key: "HeartbeatInterval", readonly: false, value: "120" },
        { key: "NumberOfConnectors", readonly: true, value: "1" },
      ]);
      assert.deepEqual(unknownKey, ["NoSuchKey"]);
      const write = (key: string, value: string) => ({ key, value });
      await answers(h, "Rejected", "ChangeConfiguration", write("HeartbeatInterval", "often"));
      await answers(h, "Rejected", "ChangeConfiguration", write("NumberOfConnectors", "2"));
      await answers(h, "NotSupported", "ChangeConfiguration", write("NoSuchKey", "1"));
    }),
);

useCase(
  ["§3.3", "§3.13.5", "§9"],
  "the configuration tells what the station can, and never its password",
  () =>
    withStation(async (h) => {
      const { configurationKey } = await h.call("GetConfiguration", {});
      const values = new Map((configurationKey as Payload[]).map(({ key, value }) => [key, value]));
      assert.equal(
        values.get("SupportedFeatureProfiles"),
        "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger",
      );
      assert.equal(values.get("ChargingScheduleAllowedChargingRateUnit"), "Current,Power");
      assert(Number(values.get("ChargeProfileMaxStackLevel")) > 0);
      assert(values.has("AuthorizationKey") && values.get("AuthorizationKey") === undefined);
    }, {
      station: { auth: { type: "basic", authorization_key: "0001020304050607FFFFFFFFFFFFFFFF" } },
    }),
);

useCase(["§9"], "a new ping interval reaches the connection", () =>
  withStation(async (h) => {
    await configure(h, { WebSocketPingInterval: "45" });
    await h.clock.settle();
    assert.equal(h.csms.pingIntervals.at(-1), 45_000);
  }));

useCase(
  ["§3.12", "§4.3"],
  "what a vendor adds goes to the CSMS, and its answer comes back",
  () =>
    withStation(async (h) => {
      h.replies.DataTransfer = { status: "Accepted", data: "pong" };
      const payload = { vendorId: "com.example", messageId: "ping" };
      const deed = await driven(h, h.station.driver.call("DataTransfer", payload));
      assert.deepEqual(h.only("DataTransfer"), payload);
      assert(deed.kind === "done" && deed.csms !== undefined && "payload" in deed.csms);
      assert.equal(deed.csms.payload.data, "pong");
    }),
);

useCase(
  ["§3.12", "§5.6"],
  "an unknown vendor and an unknown message are told apart",
  () =>
    withStation(async (h) => {
      const own = "ocpp-emu";
      await answers(h, "UnknownVendorId", "DataTransfer", { vendorId: "com.example" });
      await answers(h, "UnknownMessageId", "DataTransfer", { vendorId: own, messageId: "x" });
      const echo = { vendorId: own, messageId: "Echo", data: "hello" };
      assert.deepEqual(await h.call("DataTransfer", echo), { status: "Accepted", data: "hello" });
    }),
);
