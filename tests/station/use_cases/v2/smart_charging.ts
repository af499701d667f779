import assert from "node:assert/strict";
import { answers, CAR, driven, fromNow, type Payload } from "../support.ts";
import { dynamic, profile, set, watts } from "./profiles.ts";
import { ANNA, charge, present, TWO, why } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["K01"],
  "a profile replaces the one with its id, a higher stack level rules, and a rival is refused",
  async (h) => {
    await charge(h);
    await set(h, "Accepted", 1, profile(h, "TxDefaultProfile", [[0, 9000]]));
    assert.equal(watts(h), 9000);
    await set(h, "Accepted", 1, profile(h, "TxDefaultProfile", [[0, 8000]]));
    assert.equal(watts(h), 8000);
    const until = { id: 2, stackLevel: 1, validTo: fromNow(h, 300_000) };
    await set(h, "Accepted", 1, profile(h, "TxDefaultProfile", [[0, 5000]], until));
    assert.equal(watts(h), 5000);
    await h.clock.advance(301_000);
    assert.equal(watts(h), 8000);
    const rival = profile(h, "TxDefaultProfile", [[0, 4000]], { id: 3 });
    const refused = await h.call("SetChargingProfile", { evseId: 1, chargingProfile: rival });
    assert.deepEqual([refused.status, why(refused)], ["Rejected", "DuplicateProfile"]);
    const lost = profile(h, "TxProfile", [[0, 4000]], { transactionId: "nobody's" });
    await set(h, "Rejected", 1, lost);
    await set(h, "Rejected", 7, profile(h, "TxDefaultProfile", [[0, 4000]]));
  },
);

useCase(
  ["K02", "K03"],
  "a TxProfile bends what flows in its transaction, and a TxDefaultProfile what begins later",
  async (h) => {
    await set(h, "Accepted", 0, profile(h, "TxDefaultProfile", [[0, 6000]]));
    const transactionId = await charge(h);
    assert.equal(watts(h), 6000);
    const own = profile(h, "TxProfile", [[0, 7000], [600, 0]], { id: 2, transactionId });
    await set(h, "Accepted", 1, own);
    assert.equal(watts(h), 7000);
    await h.clock.advance(601_000);
    assert.equal(watts(h), 0);
    const states = h.payloads("TransactionEvent").map((one) =>
      (one.transactionInfo as Payload).chargingState
    );
    assert.equal(states.at(-1), "SuspendedEVSE");
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    await charge(h);
    assert.equal(watts(h), 6000);
  },
);

useCase(
  ["K04"],
  "a station shares what it may take among its EVSEs, and gives to one what another leaves",
  async (h) => {
    await set(h, "Accepted", 0, profile(h, "ChargingStationMaxProfile", [[0, 9000]]));
    await charge(h);
    assert.equal(watts(h), 9000);
    await charge(h, { idToken: "BEN", type: "ISO14443" }, 2);
    assert.equal(watts(h, 1) + watts(h, 2), 9000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    assert.equal(watts(h, 2), 9000);
  },
  TWO,
);

useCase(
  ["K05"],
  "a remote start brings its TxProfile with it, and nothing but such",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    const start = (chargingProfile: Payload) => ({
      idToken: ANNA,
      remoteStartId: 4,
      evseId: 1,
      chargingProfile,
    });
    const other = profile(h, "TxDefaultProfile", [[0, 5000]]);
    await answers(h, "Rejected", "RequestStartTransaction", start(other));
    const own = profile(h, "TxProfile", [[0, 5000]]);
    await answers(h, "Accepted", "RequestStartTransaction", start(own));
    await h.clock.settle();
    assert.equal(watts(h), 5000);
  },
);

useCase(
  ["K06", "K07"],
  "offline the profiles go on to hold, for what runs and for what begins",
  async (h) => {
    await set(h, "Accepted", 0, profile(h, "TxDefaultProfile", [[0, 6000], [600, 4200]]));
    await charge(h);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    await driven(h, h.station.driver.unplug(1));
    await charge(h);
    await h.lose();
    await h.clock.advance(601_000);
    assert.equal(watts(h), 4200);
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    await driven(h, h.station.driver.plug(1, CAR));
    await present(h);
    assert.equal(watts(h), 4200);
  },
);

useCase(
  ["K08"],
  "the composite schedule is the lowest of all purposes at every moment",
  async (h) => {
    const ask = { duration: 900, chargingRateUnit: "W", evseId: 1 };
    await set(h, "Accepted", 0, profile(h, "ChargingStationMaxProfile", [[0, 9000]]));
    await set(
      h,
      "Accepted",
      1,
      profile(h, "TxDefaultProfile", [[0, 11_000], [300, 5000]], { id: 2 }),
    );
    await charge(h);
    const answer = await h.call("GetCompositeSchedule", ask);
    assert.equal(answer.status, "Accepted");
    const { chargingSchedulePeriod, duration } = answer.schedule as {
      chargingSchedulePeriod: { startPeriod: number; limit: number }[];
      duration: number;
    };
    assert.equal(duration, 900);
    assert.deepEqual(chargingSchedulePeriod.map(({ startPeriod, limit }) => [startPeriod, limit]), [
      [0, 9000],
      [300, 5000],
    ]);
    await answers(h, "Rejected", "GetCompositeSchedule", { ...ask, evseId: 7 });
  },
);

useCase(
  ["K09", "K10"],
  "profiles are reported by what is asked, and cleared once",
  async (h) => {
    await set(h, "Accepted", 0, profile(h, "ChargingStationMaxProfile", [[0, 9000]]));
    await set(h, "Accepted", 1, profile(h, "TxDefaultProfile", [[0, 5000]], { id: 2 }));
    const ask = (more: object, chargingProfile: object = {}) => ({
      requestId: 6,
      chargingProfile,
      ...more,
    });
    await answers(h, "Accepted", "GetChargingProfiles", ask({}));
    await h.clock.settle();
    const told = h.payloads("ReportChargingProfiles");
    assert.deepEqual(told.map(({ evseId, requestId, tbc }) => [evseId, requestId, tbc ?? false]), [
      [0, 6, true],
      [1, 6, false],
    ]);
    await answers(h, "NoProfiles", "GetChargingProfiles", ask({ evseId: 1 }, { stackLevel: 3 }));
    await charge(h);
    assert.equal(watts(h), 5000);
    await answers(h, "Accepted", "ClearChargingProfile", { chargingProfileId: 2 });
    await h.clock.settle();
    assert.equal(watts(h), 9000);
    await answers(h, "Unknown", "ClearChargingProfile", { chargingProfileId: 2 });
  },
);

useCase(
  ["K19", "K28"],
  "a Dynamic profile bends what flows as the CSMS pushes its limit, or as the station pulls it",
  async (h) => {
    h.replies.PullDynamicScheduleUpdate = {
      status: "Accepted",
      scheduleUpdate: { limit: 6000 },
    };
    const transactionId = await charge(h);
    const update = (limit: number) => ({ chargingProfileId: 1, scheduleUpdate: { limit } });
    await answers(h, "Rejected", "UpdateDynamicSchedule", update(5000));
    await set(h, "Accepted", 1, dynamic(h, transactionId, { limit: 9000 }));
    assert.equal(watts(h), 9000);
    await answers(h, "Accepted", "UpdateDynamicSchedule", update(5000));
    await h.clock.settle();
    assert.equal(watts(h), 5000);
    await set(
      h,
      "Accepted",
      1,
      dynamic(h, transactionId, { limit: 9000 }, { dynUpdateInterval: 60 }),
    );
    await h.clock.advance(61_000);
    assert.equal(h.payloads("PullDynamicScheduleUpdate")[0]?.chargingProfileId, 1);
    assert.equal(watts(h), 6000);
  },
);

useCase(
  ["K21"],
  "the CSMS gives a transaction priority, and takes it back",
  async (h) => {
    const transactionId = await charge(h);
    const use = (activate: boolean) => ({ transactionId, activate });
    await answers(h, "NoProfile", "UsePriorityCharging", use(true));
    await set(h, "Accepted", 1, profile(h, "TxDefaultProfile", [[0, 5000]]));
    await set(h, "Accepted", 0, profile(h, "PriorityCharging", [[0, 9000]], { id: 2 }));
    assert.equal(watts(h), 5000);
    await answers(h, "Accepted", "UsePriorityCharging", use(true));
    await h.clock.settle();
    assert.equal(watts(h), 9000);
    await answers(h, "Accepted", "UsePriorityCharging", use(false));
    await h.clock.settle();
    assert.equal(watts(h), 5000);
    await answers(h, "Rejected", "UsePriorityCharging", { ...use(true), transactionId: "no" });
  },
);

useCase(
  ["K22"],
  "a driver asks for priority at the station, which tells the CSMS",
  async (h) => {
    const transactionId = await charge(h);
    await set(h, "Accepted", 1, profile(h, "TxDefaultProfile", [[0, 5000]]));
    await set(h, "Accepted", 0, profile(h, "PriorityCharging", [[0, 9000]], { id: 2 }));
    const wish = { transactionId, activated: true };
    await driven(h, h.station.driver.call("NotifyPriorityCharging", wish));
    await h.clock.settle();
    assert.deepEqual(h.only("NotifyPriorityCharging"), wish);
    assert.equal(watts(h), 9000);
  },
);
