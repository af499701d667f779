import type { Connector } from "./connector.ts";
import { type Car, carFrom, type CarInput, carWith } from "./energy/car.ts";
import { supplyOf } from "./energy/supply.ts";
import type { Works } from "./works.ts";

/** The car that comes to a connector: any, as far as nobody says which. @throws RangeError */
export function carFor(
  { random }: Pick<Works, "random">,
  { type, maxPower }: Connector,
  car: CarInput | undefined,
): Car {
  const any = carFrom(random, supplyOf(type, maxPower));
  return car === undefined ? any : carWith(any, car);
}
