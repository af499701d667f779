import type { v21 } from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import { findVariable } from "../device_model/model.ts";
import { writeValue } from "../device_model/write_value.ts";
import { Answer, obeys } from "../dialect.ts";
import { readNamed } from "./component_variable.ts";
import { itemsOf } from "./message_limits.ts";
import { statusInfo } from "./status_info.ts";
import { attributeOf, hasAttribute } from "./variable_attribute.ts";

/**
 * Sets variables (B05): one result for each, in their order. What that changes comes into effect once the
 * answer is out.
 */
export const setVariables = obeys<"2.1", "SetVariables">((station, request) => {
  const effects: (() => void)[] = [];
  const setVariableResult = itemsOf("SetVariables", request, request.setVariableData)
    .map((asked) => resultOf(station, asked, effects));
  return new Answer({ setVariableResult }, () => {
    for (const effect of effects) effect();
  });
});

function resultOf(
  station: Charger,
  asked: v21.SetVariableDataType,
  effects: (() => void)[],
): v21.SetVariableResultType {
  const { component, variable, attributeType, attributeValue } = asked;
  const names = { component, variable, ...(attributeType === undefined ? {} : { attributeType }) };
  const found = findVariable(station, readNamed(asked));
  if (typeof found === "string") return { ...names, attributeStatus: found };
  if (!hasAttribute(found, attributeType)) {
    return { ...names, attributeStatus: "NotSupportedAttributeType" };
  }
  const isReadOnly = found.definition.mutability === "ReadOnly" ||
    attributeOf(attributeType) !== "Actual";
  const written = isReadOnly
    ? { verdict: "rejected", reason: "it is read-only" } as const
    : writeValue(station, found, String(attributeValue));
  if (written.verdict === "rejected") {
    const { reason } = written;
    station.log.info("Rejected a change of a variable", {
      variable: `${found.definition.component}.${found.definition.variable}`,
      reason,
    });
    const attributeStatusInfo = statusInfo(isReadOnly ? "ReadOnly" : "InvalidValue", reason);
    return { ...names, attributeStatus: "Rejected", attributeStatusInfo };
  }
  effects.push(written.announce);
  const attributeStatus = written.verdict === "accepted" ? "Accepted" : "RebootRequired";
  return { ...names, attributeStatus };
}
