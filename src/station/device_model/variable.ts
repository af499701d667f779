import type { Charger } from "../charger.ts";
import type { SettingName } from "../settings/definitions.ts";

/** What a variable holds (2.x DataEnumType). */
export type DataType =
  | "boolean"
  | "dateTime"
  | "decimal"
  | "integer"
  | "MemberList"
  | "OptionList"
  | "SequenceList"
  | "string";

/** What of a variable is meant (2.x AttributeEnumType). */
export type AttributeType = "Actual" | "MaxSet" | "MinSet" | "Target";

/** Which tier of a station a component belongs to (2.x part 1 §4.1). */
export type Tier = "connector" | "evse" | "station";

/** Where a component is. `null` on the tiers above. */
export interface Place {
  readonly evseId: number | null;
  readonly connectorId: number | null;
}

/** How a value is found. `null`: it has none now, or it is a secret. */
export type Reader = (station: Charger, evseId: number) => string | null;

/** A variable as all stations have it. Constant: they share one table. */
export interface Definition {
  readonly component: string;
  readonly tier: Tier;
  readonly variable: string;
  readonly instance: string | null;
  readonly type: DataType;
  readonly unit: string | null;
  /** Of a text: its length. */
  readonly min: number | null;
  readonly max: number | null;
  /** In place of `max`, where it depends on the station. */
  readonly maxOf: ((station: Charger, evseId: number) => number) | null;
  /** All that it may be, or be made of. */
  readonly values: readonly string[] | null;
  readonly mutability: "ReadOnly" | "ReadWrite" | "WriteOnly";
  readonly isPersistent: boolean;
  readonly isConstant: boolean;
  /** A monitor may watch it: it changes by itself. */
  readonly isMonitored: boolean;
  /** What it is a view of; `null`: it is looked up. */
  readonly setting: SettingName | null;
  readonly read: Reader;
  /** What it should be. `null`: it has no target. */
  readonly readTarget: Reader | null;
}

/** A variable of one station. */
export interface Variable extends Place {
  readonly definition: Definition;
}

/** Names a variable of a station: plain JSON. */
export interface Address extends Place {
  readonly component: string;
  readonly variable: string;
  readonly instance: string | null;
}

/** The name of a variable. */
export function addressOf({ definition, evseId, connectorId }: Variable): Address {
  const { component, variable, instance } = definition;
  return { component, evseId, connectorId, variable, instance };
}

/** The value of an attribute; `null`: it has none now, it is a secret, or there is no such attribute. */
export function readValue(
  station: Charger,
  { definition, evseId }: Variable,
  attribute: AttributeType = "Actual",
): string | null {
  if (attribute === "Actual") return definition.read(station, evseId ?? 0);
  return attribute === "Target" ? definition.readTarget?.(station, evseId ?? 0) ?? null : null;
}

/** The most that it may be (of a text: its length); `null`: nothing is said of it. */
export function maxOf(station: Charger, { definition, evseId }: Variable): number | null {
  return definition.maxOf?.(station, evseId ?? 0) ?? definition.max;
}

/** Whether it holds a number, which can pass a threshold. */
export function isNumeric({ type }: Definition): boolean {
  return type === "decimal" || type === "integer";
}
