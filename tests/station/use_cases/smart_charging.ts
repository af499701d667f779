import assert from "node:assert/strict";
import { profile, set, watts } from "./profiles.ts";
import {
  ALICE,
  answers,
  CAR,
  charge,
  driven,
  fromNow,
  type Payload,
  withStation,
} from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["§3.13.1", "§5.16.4", "§3.13.4"],
  "a TxDefaultProfile limits every transaction that begins",
  () =>
    withStation(async (h) => {
      await set(h, "Accepted", 0, profile("TxDefaultProfile", [[0, 4140]]));
      await charge(h);
      assert.equal(watts(h), 4140);
    }),
);

useCase(
  ["§3.13.1", "§3.13.4"],
  "a ChargePointMaxProfile limits all connectors together",
  () =>
    withStation(async (h) => {
      const most = { chargingProfileKind: "Absolute" };
      await set(h, "Rejected", 1, profile("ChargePointMaxProfile", [[0, 8280]], most));
      await set(h, "Accepted", 0, profile("ChargePointMaxProfile", [[0, 8280]], most));
      await charge(h);
      assert.equal(watts(h), 8280);
      await charge(h, ALICE, 2);
      assert.equal(watts(h, 1) + watts(h, 2), 8280);
    }, { station: { connectors: [{}, {}] } }),
);

useCase(
  ["§5.16.3", "§3.13.1"],
  "a TxProfile bends what flows in the transaction that it is for, and ends with it",
  () =>
    withStation(async (h) => {
      const txProfile = profile("TxProfile", [[0, 6900], [600, 0]], { transactionId: 1 });
      await set(h, "Rejected", 1, txProfile);
      await charge(h);
      await set(h, "Accepted", 1, txProfile);
      assert.equal(watts(h), 6900);
      await h.clock.advance(601_000);
      assert.equal(watts(h), 0);
      assert(h.said.includes("StatusNotification SuspendedEVSE"));
      await driven(h, h.station.driver.authorize(1, ALICE));
      await driven(h, h.station.driver.unplug(1));
      await charge(h);
      assert.equal(watts(h), 11_000);
    }),
);

useCase(
  ["§5.16.2", "§5.11"],
  "a remote start brings its TxProfile with it, and nothing but such",
  () =>
    withStation(async (h) => {
      await h.station.driver.plug(1, CAR);
      const start = (chargingProfile: Payload) => ({
        idTag: "ALICE",
        connectorId: 1,
        chargingProfile,
      });
      const other = profile("TxDefaultProfile", [[0, 5000]]);
      await answers(h, "Rejected", "RemoteStartTransaction", start(other));
      const own = profile("TxProfile", [[0, 5000]]);
      await answers(h, "Accepted", "RemoteStartTransaction", start(own));
      assert.equal(watts(h), 5000);
    }),
);

useCase(
  ["§5.16.1"],
  "a TxProfile that comes while StartTransaction is being answered is for that transaction",
  () =>
    withStation(async (h) => {
      await charge(h);
      // Right after StartTransaction.conf, without naming the transaction.
      await set(h, "Accepted", 1, profile("TxProfile", [[0, 7000]]));
      assert.equal(watts(h), 7000);
    }),
);

useCase(
  ["§3.13.2"],
  "of two profiles the higher stack level rules, as long as it says something",
  () =>
    withStation(async (h) => {
      await set(h, "Accepted", 1, profile("TxDefaultProfile", [[0, 9000]]));
      await set(
        h,
        "Accepted",
        1,
        profile("TxDefaultProfile", [[0, 5000]], {
          chargingProfileId: 2,
          stackLevel: 1,
          validTo: fromNow(h, 300_000),
        }),
      );
      await charge(h);
      assert.equal(watts(h), 5000);
      await h.clock.advance(301_000);
      assert.equal(watts(h), 9000);
    }),
);

useCase(
  ["§3.13.3"],
  "of two purposes the lower limit rules at every moment",
  () =>
    withStation(async (h) => {
      const most = { chargingProfileKind: "Absolute" };
      await set(h, "Accepted", 0, profile("ChargePointMaxProfile", [[0, 7000]], most));
      await charge(h);
      const own = { chargingProfileId: 2, transactionId: 1 };
      await set(h, "Accepted", 1, profile("TxProfile", [[0, 5000], [300, 9000]], own));
      assert.equal(watts(h), 5000);
      await h.clock.advance(301_000);
      assert.equal(watts(h), 7000);
    }),
);

useCase(
  ["§3.13.6"],
  "profiles go on to rule while the station is offline",
  () =>
    withStation(async (h) => {
      await charge(h);
      await set(
        h,
        "Accepted",
        1,
        profile("TxProfile", [[0, 6000], [300, 5000]], { transactionId: 1 }),
      );
      await h.lose();
      await h.clock.advance(301_000);
      assert.equal(watts(h), 5000);
    }),
);
