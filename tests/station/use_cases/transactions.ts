import assert from "node:assert/strict";
import { ALICE, CAR, charge, configure, driven, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["§3.6", "§4.8", "§4.10"],
  "a transaction is the time from the accepted token at the car to the end that somebody wants",
  () =>
    withStation(async (h) => {
      await driven(h, h.station.driver.plug(1, { ...CAR, batteryWh: 2_000, soc: 0.5 }));
      assert.deepEqual(h.payloads("StartTransaction"), []);
      await driven(h, h.station.driver.authorize(1, ALICE));
      const { connectorId, idTag, meterStart } = h.only("StartTransaction");
      assert.deepEqual([connectorId, idTag, meterStart], [1, "ALICE", 0]);
      // The car is full long before anybody ends it.
      await h.clock.advance(3_600_000);
      assert(h.said.includes("StatusNotification SuspendedEV"));
      assert.deepEqual(h.payloads("StopTransaction"), []);
      await driven(h, h.station.driver.stopTransaction(1, { reason: "EmergencyStop" }));
      const { meterStop, reason, transactionId, timestamp } = h.only("StopTransaction");
      assert.deepEqual([reason, transactionId], ["EmergencyStop", 1]);
      // What the battery took, and what was lost on the way.
      assert(Number(meterStop) >= 1000 && Number(meterStop) < 1200, `${meterStop} Wh`);
      assert.equal(Date.parse(String(timestamp)), h.clock.now());
    }),
);

useCase(
  ["§3.7"],
  "what happened offline is told in order afterwards, with the times of then",
  () =>
    withStation(async (h) => {
      await charge(h);
      await h.lose();
      await h.clock.advance(120_000);
      await driven(h, h.station.driver.stopTransaction(1, {}));
      const stoppedAt = h.clock.now();
      await h.clock.advance(600_000);
      await h.open();
      // What waited goes at its own pace.
      await h.clock.advance(10_000);
      const transaction = h.said.filter((one) => /MeterValues|Transaction/.test(one));
      assert.deepEqual(transaction, ["MeterValues", "MeterValues", "StopTransaction"]);
      assert.equal(Date.parse(String(h.only("StopTransaction").timestamp)), stoppedAt);
    }),
);

useCase(
  ["§3.7"],
  "a start that is never answered is tried again after ever longer waits, byte for byte, and given up",
  () =>
    withStation(async (h) => {
      await configure(h, {
        TransactionMessageAttempts: "3",
        TransactionMessageRetryInterval: "10",
        MeterValueSampleInterval: "0",
      });
      h.replies.StartTransaction = { error: "InternalError" };
      await h.station.driver.plug(1, CAR);
      h.forget();
      await driven(h, h.station.driver.authorize(1, ALICE));
      const attempts = () => h.payloads("StartTransaction").length;
      assert.equal(attempts(), 1);
      await h.clock.advance(9_999);
      assert.equal(attempts(), 1);
      await h.clock.advance(1);
      assert.equal(attempts(), 2);
      await h.clock.advance(20_000);
      assert.equal(attempts(), 3);
      await h.clock.advance(3_600_000);
      assert.equal(attempts(), 3);
      assert.equal(new Set(h.csms.sent.filter((text) => text.includes("StartTr"))).size, 1);
    }),
);

useCase(
  ["§3.7"],
  "an answer that comes with the very end of its connection counts",
  () =>
    withStation(async (h) => {
      h.replies.StartTransaction = "silence";
      await h.station.driver.plug(1, CAR);
      void h.station.driver.authorize(1, ALICE);
      await h.clock.settle();
      const { id } = h.csms.last("StartTransaction");
      const answer = { transactionId: 5, idTagInfo: { status: "Accepted" } };
      h.station.line.received(JSON.stringify([3, id, answer]));
      await h.lose();
      h.forget();
      await h.open();
      await driven(h, h.station.driver.stopTransaction(1, {}));
      assert.deepEqual(h.payloads("StartTransaction"), []);
      assert.equal(h.only("StopTransaction").transactionId, 5);
    }),
);

useCase(
  ["§4.9"],
  "a fault ends what runs, is told with its code, and the connector returns to where it was",
  () =>
    withStation(async (h) => {
      await charge(h);
      await driven(
        h,
        h.station.driver.status(1, { status: "Faulted", errorCode: "GroundFailure" }),
      );
      const { status, errorCode } = h.only("StatusNotification");
      assert.deepEqual([status, errorCode], ["Faulted", "GroundFailure"]);
      assert.equal(h.only("StopTransaction").reason, "Other");
      h.forget();
      await driven(h, h.station.driver.status(1, { status: "Available" }));
      assert.deepEqual(h.said, ["StatusNotification Finishing", "StatusNotification Available"]);
    }),
);

useCase(
  ["§4.9", "§9"],
  "a status that does not last for MinimumStatusDuration is not told",
  () =>
    withStation(async (h) => {
      await configure(h, { MinimumStatusDuration: "10" });
      await h.station.driver.plug(1);
      await h.clock.advance(5_000);
      await h.station.driver.unplug(1);
      await h.clock.advance(60_000);
      assert.deepEqual(h.said, []);
      await h.station.driver.plug(1);
      await h.clock.advance(10_000);
      assert.deepEqual(h.said, ["StatusNotification Preparing"]);
    }),
);

useCase(
  ["§4.9", "§9"],
  "who does not plug in within ConnectionTimeOut is not served",
  () =>
    withStation(async (h) => {
      await configure(h, { ConnectionTimeOut: "30" });
      await driven(h, h.station.driver.authorize(1, ALICE));
      await h.clock.advance(30_000);
      assert.deepEqual(h.said, [
        "Authorize",
        "StatusNotification Preparing",
        "StatusNotification Available",
      ]);
      await driven(h, h.station.driver.plug(1));
      assert.deepEqual(h.payloads("StartTransaction"), []);
    }),
);

useCase(
  ["§4.10", "§9"],
  "a car that leaves ends the transaction, unless StopTransactionOnEVSideDisconnect says otherwise",
  () =>
    withStation(async (h) => {
      await configure(h, { StopTransactionOnEVSideDisconnect: "false" });
      await charge(h);
      await driven(h, h.station.driver.unplug(1));
      assert.deepEqual(h.said, ["StatusNotification SuspendedEV"]);
      await driven(h, h.station.driver.plug(1, CAR));
      assert.deepEqual(h.said.slice(1), ["StatusNotification Charging"]);
      await configure(h, { StopTransactionOnEVSideDisconnect: "true" });
      await driven(h, h.station.driver.unplug(1));
      assert.equal(h.only("StopTransaction").reason, "EVDisconnected");
      assert.equal(h.said.at(-1), "StatusNotification Available");
    }),
);
