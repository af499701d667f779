/** What OCPP 1.6 lets a station measure (§7.31). */
export const KNOWN_MEASURANDS = [
  "Current.Export",
  "Current.Import",
  "Current.Offered",
  "Energy.Active.Export.Interval",
  "Energy.Active.Export.Register",
  "Energy.Active.Import.Interval",
  "Energy.Active.Import.Register",
  "Energy.Reactive.Export.Interval",
  "Energy.Reactive.Export.Register",
  "Energy.Reactive.Import.Interval",
  "Energy.Reactive.Import.Register",
  "Frequency",
  "Power.Active.Export",
  "Power.Active.Import",
  "Power.Factor",
  "Power.Offered",
  "Power.Reactive.Export",
  "Power.Reactive.Import",
  "RPM",
  "SoC",
  "Temperature",
  "Voltage",
] as const;
export type Measurand = (typeof KNOWN_MEASURANDS)[number];

/** Without a fan and a meter of reactive energy, these are what we do not have. */
const ABSENT = /^RPM$|Reactive/;

/** Those that our meters read. `SoC` only of a car that tells it. */
export const READABLE_MEASURANDS: readonly Measurand[] = KNOWN_MEASURANDS.filter((name) =>
  !ABSENT.test(name)
);

/** A measurand as a configuration names it, with the phase that alone is wanted, or all. */
export interface WantedMeasurand {
  readonly measurand: Measurand;
  readonly phase: string | null;
}

/**
 * Reads an entry of a list of measurands, where a phase may follow (1.6 §9.1.18: `Voltage.L1`).
 * `null`: there is no such measurand.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(readMeasurand("SoC"), { measurand: "SoC", phase: null });
 * assert.deepEqual(readMeasurand("Voltage.L1-N"), { measurand: "Voltage", phase: "L1-N" });
 * assert.equal(readMeasurand("Energy"), null);
 * ```
 */
export function readMeasurand(written: string): WantedMeasurand | null {
  const { name, phase } = WRITTEN.exec(written)!.groups!;
  const measurand = KNOWN_MEASURANDS.find((known) => known === name);
  return measurand === undefined ? null : { measurand, phase: phase ?? null };
}

/** The phases of 1.6 (§7.34). */
const WRITTEN = /^(?<name>.*?)(\.(?<phase>N|L[123](-(N|L[123]))?))?$/s;
