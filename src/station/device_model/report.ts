import type { Charger } from "../charger.ts";
import { isMeant, type Named, variablesOf } from "./model.ts";
import {
  type Address,
  addressOf,
  type AttributeType,
  type DataType,
  maxOf,
  readValue,
  type Variable,
} from "./variable.ts";

/** What a report says of one variable. Plain JSON. */
export interface Reported extends Address {
  readonly attributes: readonly {
    readonly type: AttributeType;
    /** `null`: it is write-only, or not set. */
    readonly value: string | null;
    readonly mutability: "ReadOnly" | "ReadWrite" | "WriteOnly";
  }[];
  readonly isPersistent: boolean;
  readonly isConstant: boolean;
  readonly type: DataType;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly values: readonly string[] | null;
  readonly isMonitored: boolean;
}

/** The reports that a station has ready (B07). */
export type ReportBase = "ConfigurationInventory" | "FullInventory" | "SummaryInventory";

/** Which components a CSMS wants to hear of (B08). */
export type ComponentCriterion = "Active" | "Available" | "Enabled" | "Problem";

/** What tells how a station stands, for the summary (B07.FR.09). */
const SUMMARY: ReadonlySet<string> = new Set(["AvailabilityState", "Available", "Problem"]);

const BASES: Readonly<Record<ReportBase, (variable: Variable) => boolean>> = {
  ConfigurationInventory: ({ definition }) => definition.mutability !== "ReadOnly",
  FullInventory: () => true,
  SummaryInventory: ({ definition }) =>
    SUMMARY.has(definition.variable) && !definition.component.endsWith("Ctrlr"),
};

/** A report of the station's own (B07). */
export function baseReport(station: Charger, base: ReportBase): readonly Reported[] {
  return [...variablesOf(station).filter(BASES[base])].map((one) => report(station, one));
}

/**
 * A report of what a CSMS asks for: any of the patterns, and any of the criteria (B08). `null`: it asks for
 * none in particular.
 */
export function customReport(
  station: Charger,
  patterns: readonly Named[] | null,
  criteria: readonly ComponentCriterion[] | null,
): readonly Reported[] {
  const all = [...variablesOf(station)];
  const fits = criteria === null ? null : componentsThat(station, criteria, all);
  return all
    .filter((one) => patterns === null || patterns.some((pattern) => isMeant(one, pattern)))
    .filter((one) => fits === null || fits.has(componentOf(one)))
    .map((one) => report(station, one));
}

/** Without a variable of that name a component is active, available, enabled; but has no problem. */
function componentsThat(
  station: Charger,
  criteria: readonly ComponentCriterion[],
  all: readonly Variable[],
): ReadonlySet<string> {
  const components = Map.groupBy(all, componentOf);
  const fitting = [...components].filter(([, variables]) =>
    criteria.some((criterion) => {
      const found = variables.find(({ definition }) => definition.variable === criterion);
      return found === undefined ? criterion !== "Problem" : readValue(station, found) === "true";
    })
  );
  return new Set(fitting.map(([component]) => component));
}

function componentOf({ definition, evseId, connectorId }: Variable): string {
  return `${definition.component} ${evseId} ${connectorId}`;
}

function report(station: Charger, variable: Variable): Reported {
  const { definition } = variable;
  const { mutability, readTarget } = definition;
  const actual = { type: "Actual", value: readValue(station, variable), mutability } as const;
  const target = {
    type: "Target",
    value: readValue(station, variable, "Target"),
    mutability: "ReadOnly",
  } as const;
  return {
    ...addressOf(variable),
    attributes: readTarget === null ? [actual] : [actual, target],
    isPersistent: definition.isPersistent,
    isConstant: definition.isConstant,
    type: definition.type,
    unit: definition.unit,
    min: definition.min,
    max: maxOf(station, variable),
    values: definition.values,
    isMonitored: definition.isMonitored,
  };
}
