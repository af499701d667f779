import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { CAR, driven, fromNow, type Payload } from "../support.ts";
import { profile, set, watts } from "./profiles.ts";
import { charge, present, session, story } from "./support.ts";
import { useCase } from "./use_case.ts";

const EMS = { chargingLimitSource: "EMS" };
const limited = (limit: number) => ({
  chargingLimit: EMS,
  chargingSchedule: [{
    id: 1,
    chargingRateUnit: "W",
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  }],
});

useCase(
  ["K11", "K13"],
  "a limit from elsewhere bends what flows, is told with its transaction, and is lifted again",
  async (h) => {
    await charge(h);
    const limit = { evseId: 1, ...limited(5000) };
    await driven(h, h.station.driver.call("NotifyChargingLimit", limit));
    await h.clock.settle();
    assert.deepEqual(h.only("NotifyChargingLimit"), limit);
    assert.equal(watts(h), 5000);
    assert(session(h).includes("Updated ChargingRateChanged"), session(h).join());
    const cleared = { ...EMS, evseId: 1 };
    await driven(h, h.station.driver.call("ClearedChargingLimit", cleared));
    await h.clock.settle();
    assert.equal(watts(h), 11_000);
  },
);

useCase(
  ["K12"],
  "a limit from elsewhere is there before anybody charges",
  async (h) => {
    await driven(h, h.station.driver.call("NotifyChargingLimit", limited(6000)));
    await h.clock.settle();
    assert.deepEqual(story(h), ["NotifyChargingLimit"]);
    await charge(h);
    assert.equal(watts(h), 6000);
  },
);

const TALKING = { ...CAR, iso15118: true, departsIn: 7_200 };
const NEEDS = { NotifyEVChargingNeeds: { status: "Processing" } };

/** What the car says it will take, in watts. */
function chosen(h: StationHarness): unknown {
  const { chargingSchedule } = h.payloads("NotifyEVChargingSchedule").at(-1) as {
    chargingSchedule: { chargingSchedulePeriod: { limit: number }[] };
  };
  return chargingSchedule.chargingSchedulePeriod[0]?.limit;
}

useCase(
  ["K15", "K16"],
  "a car tells what it needs and when it leaves, the CSMS makes a profile of it, and another, and the car says what it takes",
  async (h) => {
    h.replies.NotifyEVChargingSchedule = { status: "Accepted" };
    await driven(h, h.station.driver.plug(1, TALKING));
    await present(h);
    const { evseId, chargingNeeds } = h.only("NotifyEVChargingNeeds");
    const { departureTime, requestedEnergyTransfer } = chargingNeeds as Payload;
    assert.deepEqual(
      [evseId, requestedEnergyTransfer, departureTime],
      [1, "AC_three_phase", fromNow(h, 7_200_000)],
    );
    const transactionId = h.station.connector(1)!.transaction!.id;
    for (const limit of [7000, 5000]) {
      await set(h, "Accepted", 1, profile(h, "TxProfile", [[0, limit]], { transactionId }));
      assert.equal(watts(h), limit);
      assert.equal(chosen(h), limit);
    }
    assert.equal(h.payloads("NotifyEVChargingSchedule").length, 2);
  },
  { replies: NEEDS },
);

useCase(
  ["K17"],
  "a car that wants otherwise than before is told as the user words it, and gets another profile",
  async (h) => {
    const transactionId = await charge(h);
    const needs = {
      evseId: 1,
      chargingNeeds: {
        requestedEnergyTransfer: "AC_three_phase",
        acChargingParameters: {
          energyAmount: 20_000,
          evMinCurrent: 6,
          evMaxCurrent: 16,
          evMaxVoltage: 400,
        },
      },
    };
    await driven(h, h.station.driver.call("NotifyEVChargingNeeds", needs));
    assert.deepEqual(h.only("NotifyEVChargingNeeds"), needs);
    await set(h, "Accepted", 1, profile(h, "TxProfile", [[0, 7000]], { transactionId }));
    assert.equal(watts(h), 7000);
  },
  { replies: NEEDS },
);

useCase(
  ["K18", "K20"],
  "needs in the words of ISO 15118-20 are told as the user words them, anew when they change",
  async (h) => {
    h.replies.NotifyEVChargingNeeds = { status: "Accepted" };
    const transactionId = await charge(h);
    for (const evTargetEnergyRequest of [30_000, 40_000]) {
      const needs = {
        evseId: 1,
        chargingNeeds: {
          requestedEnergyTransfer: "AC_three_phase",
          controlMode: "ScheduledControl",
          v2xChargingParameters: { evTargetEnergyRequest },
        },
      };
      await driven(h, h.station.driver.call("NotifyEVChargingNeeds", needs));
      assert.deepEqual(h.payloads("NotifyEVChargingNeeds").at(-1), needs);
      await set(
        h,
        "Accepted",
        1,
        profile(h, "TxProfile", [[0, evTargetEnergyRequest / 5]], { transactionId }),
      );
      assert.equal(watts(h), evTargetEnergyRequest / 5);
    }
  },
);

useCase(
  ["K27"],
  "what is generated on the spot is there on top of the limit of the transaction",
  async (h) => {
    await set(h, "Accepted", 0, profile(h, "TxDefaultProfile", [[0, 5000]]));
    await charge(h);
    const sun = {
      chargingLimit: { ...EMS, isLocalGeneration: true },
      chargingSchedule: limited(2000).chargingSchedule,
    };
    await driven(h, h.station.driver.call("NotifyChargingLimit", sun));
    await h.clock.settle();
    assert.equal(watts(h), 7000);
  },
);
