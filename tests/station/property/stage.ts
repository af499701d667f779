import type { Deed, Driver } from "../../../src/station/driver.ts";
import type { IdToken } from "../../../src/station/words.ts";
import type { Chance } from "./chance.ts";
import { TOKENS } from "./tokens.ts";

/** What the world can do to a station. */
export interface Stage {
  readonly chance: Chance;
  readonly driver: Driver;
  /** Milliseconds since 1970. */
  now(): number;
  /** Those that the CSMS knows to run, by their ids. */
  open(): readonly (number | string)[];
  /** As the version of the station has it. */
  idToken(): IdToken;
  /** Notes a deed that must be settled in the end. */
  deed(name: string, deed: Promise<Deed>): void;
  call(action: string, payload: Record<string, unknown>): void;
  /** Calls any action with anything that its schema allows. */
  callAnything(): void;
  lose(): Promise<void>;
  connect(): Promise<void>;
  pass(ms: number): Promise<void>;
}

/** Of the station. */
export const CONNECTORS = 3;

export function connectorId(chance: Chance, least = 1): number {
  // Now and then one that there is not.
  return chance.percent(3) ? CONNECTORS + 1 : chance.between(least, CONNECTORS);
}

export function token(chance: Chance): string {
  return chance.percent(60)
    ? chance.oneOf(["ALICE", "BOB", "CAROL"])
    : chance.oneOf([...Object.keys(TOKENS), "nobody"]);
}

/** What happens, the likelier the heavier. */
export type Actions = readonly (readonly [
  weight: number,
  act: (stage: Stage) => void | Promise<void>,
])[];
