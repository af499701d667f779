import assert from "node:assert/strict";
import { profile, set, watts } from "./profiles.ts";
import { answers, charge, type Payload, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["§3.13.7", "§5.7"],
  "the example of the specification: 6 kW by day, 11 kW by night, every day",
  () =>
    withStation(async (h) => {
      const night = { limit: 11_000, numberPhases: 3 };
      await set(h, "Accepted", 0, {
        chargingProfileId: 100,
        stackLevel: 0,
        chargingProfilePurpose: "TxDefaultProfile",
        chargingProfileKind: "Recurring",
        recurrencyKind: "Daily",
        chargingSchedule: {
          duration: 86_400,
          startSchedule: "2013-01-01T00:00:00Z",
          chargingRateUnit: "W",
          chargingSchedulePeriod: [
            { startPeriod: 0, ...night },
            { startPeriod: 28_800, limit: 6_000, numberPhases: 3 },
            { startPeriod: 72_000, ...night },
          ],
        },
      });
      await charge(h);
      const flows: number[] = [];
      for (let hours = 4; hours <= 44; hours += 8) {
        const ask = { connectorId: 1, duration: 2 * 86_400, chargingRateUnit: "W" };
        const { chargingSchedule } = await h.call("GetCompositeSchedule", ask);
        const { chargingSchedulePeriod } = chargingSchedule as {
          chargingSchedulePeriod: { startPeriod: number; limit: number }[];
        };
        flows.push(
          chargingSchedulePeriod.findLast(({ startPeriod }) => startPeriod <= hours * 3600)!.limit,
        );
      }
      assert.deepEqual(flows, [11_000, 6_000, 11_000, 11_000, 6_000, 11_000]);
    }),
);

useCase(
  ["§5.5"],
  "a profile is cleared by its id or by what it is, and what flows follows",
  () =>
    withStation(async (h) => {
      await set(h, "Accepted", 1, profile("TxDefaultProfile", [[0, 4000]]));
      await charge(h);
      await answers(h, "Unknown", "ClearChargingProfile", { id: 99 });
      await answers(h, "Accepted", "ClearChargingProfile", {
        chargingProfilePurpose: "TxDefaultProfile",
        stackLevel: 0,
      });
      assert.equal(watts(h), 11_000);
    }),
);

useCase(
  ["§5.7", "§3.13.4"],
  "the composite schedule tells what will flow, in the unit that is asked for",
  () =>
    withStation(async (h) => {
      await set(
        h,
        "Accepted",
        0,
        profile("ChargePointMaxProfile", [[0, 6900], [60, 4140]], {
          chargingProfileKind: "Absolute",
        }),
      );
      const ask = { connectorId: 1, duration: 120, chargingRateUnit: "W" };
      const { status, chargingSchedule } = await h.call("GetCompositeSchedule", ask);
      assert.equal(status, "Accepted");
      const { chargingSchedulePeriod } = chargingSchedule as { chargingSchedulePeriod: Payload[] };
      assert.deepEqual(
        chargingSchedulePeriod.map(({ startPeriod, limit }) => [startPeriod, limit]),
        [
          [0, 6900],
          [60, 4140],
        ],
      );
      await answers(h, "Rejected", "GetCompositeSchedule", { ...ask, connectorId: 5 });
    }),
);
