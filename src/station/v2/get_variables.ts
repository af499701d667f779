import type { v21 } from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import { findVariable } from "../device_model/model.ts";
import { readValue } from "../device_model/variable.ts";
import { obeys } from "../dialect.ts";
import { cut } from "../traffic/cut.ts";
import { readNamed } from "./component_variable.ts";
import { itemsOf } from "./message_limits.ts";
import { statusInfo } from "./status_info.ts";
import { attributeOf, hasAttribute } from "./variable_attribute.ts";

/** Tells the values of variables (B06): one result for each, in their order. */
export const getVariables = obeys<"2.1", "GetVariables">((station, request) => ({
  getVariableResult: itemsOf("GetVariables", request, request.getVariableData)
    .map((asked) => resultOf(station, asked)),
}));

/** ReportingValueSize. */
const LONGEST_VALUE = 2500;

function resultOf(station: Charger, asked: v21.GetVariableDataType): v21.GetVariableResultType {
  const { component, variable, attributeType } = asked;
  const names = { component, variable, ...(attributeType === undefined ? {} : { attributeType }) };
  const found = findVariable(station, readNamed(asked));
  if (typeof found === "string") return { ...names, attributeStatus: found };
  if (!hasAttribute(found, attributeType)) {
    return { ...names, attributeStatus: "NotSupportedAttributeType" };
  }
  if (found.definition.mutability === "WriteOnly") {
    const attributeStatusInfo = statusInfo("WriteOnly", "nobody may look at this variable");
    return { ...names, attributeStatus: "Rejected", attributeStatusInfo };
  }
  // What has no value is empty (B06.FR.10).
  const value = readValue(station, found, attributeOf(attributeType)) ?? "";
  return { ...names, attributeStatus: "Accepted", attributeValue: cut(value, LONGEST_VALUE) };
}
