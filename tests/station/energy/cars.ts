import { seededRandom } from "../../../src/clock/mod.ts";
import { type Car, carFrom, type CarInput, carWith } from "../../../src/station/energy/car.ts";
import { supplyOf } from "../../../src/station/energy/supply.ts";

/** The connectors that the tests charge at. */
export const AC_22 = { type: "Type2", maxPower: 22_080 };
export const AC_7 = { type: "Type2", maxPower: 7_360 };
export const DC_150 = { type: "CCS2", maxPower: 150_000 };

/** A car of 50 kWh at 20 %, three phases of 16 A or 100 kW, that charges to 100 %. */
export function car(given: CarInput = {}): Car {
  const any = carFrom(seededRandom(1), supplyOf("CCS2", 150_000));
  const plain = carWith(any, { batteryWh: 50_000, soc: 0.2, maxPower: 11_040, phases: 3 });
  return carWith({ ...plain, dc: { ...plain.dc, maxPowerW: 100_000 } }, { soc: 0.2, ...given });
}
