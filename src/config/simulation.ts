import type * as z from "zod";
import { duration } from "./duration.ts";
import { flag, list, mapping, number, text, whole } from "./fields.ts";
import type { ProtocolVersion, SimulationConfig } from "./types.ts";

const FIELDS = {
  speed: number({ above: 0, to: 100_000 }),
  cars: flag(),
  arrival: duration("1s", "365d"),
  stay: duration("1s", "365d"),
  idTokens: list(text(255), 1, 1000),
  seed: whole(0, 2 ** 32 - 1),
  faultEvery: duration("1s", "3650d", "or 0"),
  faultDuration: duration("1s", "365d"),
};

/** What every station takes over: everything off. */
export const simulationDefaultsSchema = mapping({
  speed: FIELDS.speed.default(1),
  cars: FIELDS.cars.default(false),
  arrival: FIELDS.arrival.prefault("20m"),
  stay: FIELDS.stay.prefault("45m"),
  idTokens: FIELDS.idTokens.default(["EMU-TAG-1", "EMU-TAG-2", "EMU-TAG-3"]),
  seed: FIELDS.seed.default(0),
  faultEvery: FIELDS.faultEvery.prefault(0),
  faultDuration: FIELDS.faultDuration.prefault("2m"),
});

/** What a station says itself; the rest comes from the top level. */
export const simulationSchema = mapping(FIELDS).partial();
type SimulationInput = z.output<typeof simulationSchema>;

/** The top level as the program reads it. */
export function simulationDefaults(
  { speed, cars, idTokens, seed, ...durations }: z.output<typeof simulationDefaultsSchema>,
): SimulationConfig {
  return {
    speed,
    cars,
    arrivalMs: durations.arrival,
    stayMs: durations.stay,
    idTokens,
    seed,
    faultEveryMs: durations.faultEvery,
    faultDurationMs: durations.faultDuration,
  };
}

/** A station's own; the very object of `defaults` where it says nothing. */
export function resolveSimulation(
  input: SimulationInput | undefined,
  defaults: SimulationConfig,
): SimulationConfig {
  if (input === undefined) return defaults;
  return {
    speed: input.speed ?? defaults.speed,
    cars: input.cars ?? defaults.cars,
    arrivalMs: input.arrival ?? defaults.arrivalMs,
    stayMs: input.stay ?? defaults.stayMs,
    idTokens: input.idTokens ?? defaults.idTokens,
    seed: input.seed ?? defaults.seed,
    faultEveryMs: input.faultEvery ?? defaults.faultEveryMs,
    faultDurationMs: input.faultDuration ?? defaults.faultDurationMs,
  };
}

/** The longest id token of each version: IdToken of 1.6 (§7.28), IdTokenType of 2.x. */
const LONGEST_TOKEN = { "1.6": 20, "2.0.1": 36, "2.1": 255 } as const satisfies Record<
  ProtocolVersion,
  number
>;

/** Why the drivers' tokens do not fit the versions that a station offers, or `null`. */
export function tokenProblem(
  { cars, idTokens }: SimulationConfig,
  versions: readonly ProtocolVersion[],
): string | null {
  if (!cars) return null;
  for (const version of versions) {
    const longest = LONGEST_TOKEN[version];
    const tooLong = idTokens.find((token) => token.length > longest);
    if (tooLong === undefined) continue;
    return `Must have at most ${longest} characters each in OCPP ${version}, ` +
      `found: ${tooLong.length}`;
  }
  return null;
}
