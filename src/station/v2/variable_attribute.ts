import type { v201 } from "../../ocpp/mod.ts";
import type { Variable } from "../device_model/variable.ts";

/** What is meant when nothing is said is the value itself (B05.FR.12, B06.FR.11). */
export function attributeOf(given: v201.AttributeEnumType | undefined): v201.AttributeEnumType {
  return given ?? "Actual";
}

/** Whether a variable has such an attribute. */
export function hasAttribute(
  { definition }: Variable,
  given: v201.AttributeEnumType | undefined,
): boolean {
  const attribute = attributeOf(given);
  return attribute === "Actual" || attribute === "Target" && definition.readTarget !== null;
}
