import assert from "node:assert/strict";
import { answers, CAR, charge, configure, driven, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

const TWO = { station: { connectors: [{}, {}] } };

useCase(
  ["§5.11"],
  "a remote start on any connector takes the one where a car waits, and refuses what cannot be",
  () =>
    withStation(async (h) => {
      await answers(h, "Rejected", "RemoteStartTransaction", { idTag: "ALICE", connectorId: 3 });
      await h.station.driver.plug(2, CAR);
      await answers(h, "Accepted", "RemoteStartTransaction", { idTag: "ALICE" });
      assert.equal(h.only("StartTransaction").connectorId, 2);
      await answers(h, "Rejected", "RemoteStartTransaction", { idTag: "ALICE", connectorId: 2 });
      assert.deepEqual(h.payloads("Authorize"), []);
    }, TWO),
);

useCase(
  ["§5.11", "§9"],
  "with AuthorizeRemoteTxRequests a token is asked about first, and may come to nothing",
  () =>
    withStation(async (h) => {
      await configure(h, { AuthorizeRemoteTxRequests: "true" });
      h.replies.Authorize = { idTagInfo: { status: "Expired" } };
      await h.station.driver.plug(1, CAR);
      await answers(h, "Accepted", "RemoteStartTransaction", { idTag: "ALICE", connectorId: 1 });
      await h.clock.settle();
      assert.equal(h.only("Authorize").idTag, "ALICE");
      assert.deepEqual(h.payloads("StartTransaction"), []);
    }),
);

useCase(
  ["§5.12"],
  "a remote stop ends the transaction after its answer, and only one that runs",
  () =>
    withStation(async (h) => {
      await charge(h);
      await answers(h, "Rejected", "RemoteStopTransaction", { transactionId: 99 });
      await answers(h, "Accepted", "RemoteStopTransaction", { transactionId: 1 });
      assert.equal(h.only("StopTransaction").reason, "Remote");
      await answers(h, "Rejected", "RemoteStopTransaction", { transactionId: 1 });
    }),
);

useCase(
  ["§5.18"],
  "an unlock ends the transaction; without a connector or a working lock there is none",
  () =>
    withStation(async (h) => {
      await charge(h);
      await answers(h, "Unlocked", "UnlockConnector", { connectorId: 1 });
      await h.clock.settle();
      assert.equal(h.only("StopTransaction").reason, "UnlockCommand");
      await answers(h, "NotSupported", "UnlockConnector", { connectorId: 9 });
      await h.station.driver.status(1, { status: "Faulted", errorCode: "ConnectorLockFailure" });
      await answers(h, "UnlockFailed", "UnlockConnector", { connectorId: 1 });
    }),
);

useCase(
  ["§5.14"],
  "a hard reset does not wait for the CSMS, and tells after the boot what it ended",
  () =>
    withStation(async (h) => {
      await charge(h);
      await answers(h, "Accepted", "Reset", { type: "Hard" });
      assert.equal(h.csms.reconnects.length, 1);
      await h.lose();
      h.forget();
      await h.open();
      assert.equal(h.said[0], "BootNotification");
      assert.equal(h.only("StopTransaction").reason, "HardReset");
    }),
);

useCase(
  ["§5.14", "§5.2"],
  "a soft reset says goodbye first, and an availability outlasts it",
  () =>
    withStation(async (h) => {
      await charge(h);
      await answers(h, "Accepted", "ChangeAvailability", { connectorId: 2, type: "Inoperative" });
      await answers(h, "Accepted", "Reset", { type: "Soft" });
      assert.equal(h.only("StopTransaction").reason, "SoftReset");
      await h.lose();
      h.forget();
      await h.open();
      const two = h.payloads("StatusNotification").find(({ connectorId }) => connectorId === 2);
      assert.equal(two?.status, "Unavailable");
    }, TWO),
);

useCase(
  ["§5.2"],
  "a connector in use goes out of service when its transaction has ended",
  () =>
    withStation(async (h) => {
      await charge(h);
      await answers(h, "Scheduled", "ChangeAvailability", { connectorId: 1, type: "Inoperative" });
      assert.deepEqual(h.said, []);
      await driven(h, h.station.driver.stopTransaction(1, {}));
      await driven(h, h.station.driver.unplug(1));
      assert.equal(h.said.at(-1), "StatusNotification Unavailable");
      await answers(h, "Accepted", "ChangeAvailability", { connectorId: 1, type: "Inoperative" });
      await answers(h, "Accepted", "ChangeAvailability", { connectorId: 1, type: "Operative" });
      assert.equal(h.said.at(-1), "StatusNotification Available");
      await answers(h, "Rejected", "ChangeAvailability", { connectorId: 7, type: "Operative" });
    }),
);

useCase(
  ["§5.2", "§4.9"],
  "what is prepared for use is given up before the connector is Unavailable",
  () =>
    withStation(async (h) => {
      await h.station.driver.plug(1);
      h.forget();
      await answers(h, "Accepted", "ChangeAvailability", { connectorId: 1, type: "Inoperative" });
      assert.deepEqual(h.said, ["StatusNotification Finishing", "StatusNotification Unavailable"]);
    }),
);

useCase(
  ["§5.17"],
  "what is triggered is said after the answer, even when nothing of it is new",
  () =>
    withStation(async (h) => {
      await charge(h);
      for (
        const requestedMessage of [
          "BootNotification",
          "Heartbeat",
          "FirmwareStatusNotification",
          "DiagnosticsStatusNotification",
        ]
      ) {
        await answers(h, "Accepted", "TriggerMessage", { requestedMessage });
      }
      for (const requestedMessage of ["StatusNotification", "MeterValues"]) {
        await answers(h, "Accepted", "TriggerMessage", { requestedMessage, connectorId: 1 });
      }
      await h.clock.settle();
      // The boot, accepted once more, makes everything news.
      const said = h.said.filter((one) => one !== "StatusNotification Available");
      assert.deepEqual(
        new Set(said),
        new Set([
          "BootNotification",
          "Heartbeat",
          "FirmwareStatusNotification Idle",
          "DiagnosticsStatusNotification Idle",
          "StatusNotification Charging",
          "MeterValues",
        ]),
      );
      const [value] = h.only("MeterValues").meterValue as { sampledValue: { context: string }[] }[];
      assert.equal(value!.sampledValue[0]!.context, "Trigger");
      const unknown = { requestedMessage: "StatusNotification", connectorId: 9 };
      await answers(h, "Rejected", "TriggerMessage", unknown);
    }),
);
