import type { v201, v21 } from "../../ocpp/mod.ts";
import { says } from "../dialect.ts";
import { PHASE_VOLTS } from "../energy/supply.ts";
import type { ChargingNeeds, NeedsAnswer } from "../smart/needs.ts";
import { writeTime } from "../time.ts";

/** What a car with ISO 15118 needs (K15). A car that knows no schedules of its own takes up to three. */
export const notifyEVChargingNeeds201 = says<
  "2.0.1",
  "NotifyEVChargingNeeds",
  ChargingNeeds,
  NeedsAnswer
>({
  action: "NotifyEVChargingNeeds",
  request: (needs) => ({
    evseId: needs.connectorId,
    maxScheduleTuples: MOST_SCHEDULES,
    chargingNeeds: common(needs),
  }),
  answer: ({ status }) => status,
});

/** The same in 2.1, with what the car gives back, and when it said so. */
export const notifyEVChargingNeeds21 = says<
  "2.1",
  "NotifyEVChargingNeeds",
  ChargingNeeds,
  NeedsAnswer
>({
  action: "NotifyEVChargingNeeds",
  request: (needs) => ({
    evseId: needs.connectorId,
    maxScheduleTuples: MOST_SCHEDULES,
    timestamp: writeTime(needs.at),
    chargingNeeds: bidirectional(needs) ?? common(needs),
  }),
  answer: ({ status }) => status,
});

const MOST_SCHEDULES = 3;
/** What the charging circuits of most cars are made for. */
const DC_VOLTS = { nominal: 400, most: 500 } as const;
const LEAST_AMPS = 6;
const BULK_SOC = 80;

function common(needs: ChargingNeeds): v201.ChargingNeedsType {
  const { current, phases, car, soc, departsAt } = needs;
  const departureTime = departsAt === null ? undefined : writeTime(departsAt);
  const energyAmount = energyWanted(needs);
  if (current === "DC") {
    const { maxPowerW } = car.dc;
    return {
      requestedEnergyTransfer: "DC",
      departureTime,
      dcChargingParameters: {
        evMaxCurrent: Math.round(maxPowerW / DC_VOLTS.nominal),
        evMaxVoltage: DC_VOLTS.most,
        evMaxPower: Math.round(maxPowerW),
        energyAmount,
        stateOfCharge: Math.round(soc * 100),
        evEnergyCapacity: Math.round(car.batteryWh),
        fullSoC: Math.round(car.targetSoc * 100),
        bulkSoC: Math.min(BULK_SOC, Math.round(car.targetSoc * 100)),
      },
    };
  }
  return {
    requestedEnergyTransfer: phases === 3 ? "AC_three_phase" : "AC_single_phase",
    departureTime,
    acChargingParameters: {
      energyAmount,
      evMinCurrent: LEAST_AMPS,
      evMaxCurrent: Math.round(car.ac.maxAmps),
      evMaxVoltage: phases === 3 ? Math.round(PHASE_VOLTS * Math.sqrt(3)) : PHASE_VOLTS,
    },
  };
}

/** Of a car that gives energy back, where that is allowed (2.1 Q01); `null`: it only charges. */
function bidirectional(needs: ChargingNeeds): v21.ChargingNeedsType | null {
  const { current, phases, car: { v2x, ac, dc, batteryWh, targetSoc }, soc, allowed } = needs;
  const mode = current === "DC" ? "DC_BPT" : "AC_BPT";
  if (v2x === undefined || !(allowed?.includes(mode) ?? true)) return null;
  const most = current === "DC" ? dc.maxPowerW : ac.maxAmps * phases * PHASE_VOLTS;
  const least = current === "DC" ? 0 : LEAST_AMPS * phases * PHASE_VOLTS;
  const { departureTime } = common(needs);
  return {
    requestedEnergyTransfer: mode,
    availableEnergyTransfer: [common(needs).requestedEnergyTransfer, mode],
    controlMode: "ScheduledControl",
    mobilityNeedsMode: "EVCC",
    departureTime,
    v2xChargingParameters: {
      minChargePower: least,
      maxChargePower: Math.round(most),
      minDischargePower: 0,
      maxDischargePower: Math.round(v2x.maxDischargeW),
      evTargetEnergyRequest: energyWanted(needs),
      evMinEnergyRequest: Math.min(0, Math.round((v2x.minSoc - soc) * batteryWh)),
      evMaxEnergyRequest: Math.max(0, Math.round((1 - soc) * batteryWh)),
      targetSoC: Math.round(targetSoc * 100),
    },
  };
}

function energyWanted({ car, soc }: ChargingNeeds): number {
  return Math.max(0, Math.round((car.targetSoc - soc) * car.batteryWh));
}
