import type { v201 } from "../../ocpp/mod.ts";
import type { Named } from "../device_model/model.ts";
import type { Address } from "../device_model/variable.ts";

/** A variable as a message of 2.x names it. */
export interface ComponentVariable {
  readonly component: v201.ComponentType;
  readonly variable: v201.VariableType;
}

/** The name of a variable, on the wire. */
export function writeAddress(address: Address): ComponentVariable {
  const { component, evseId, connectorId, variable, instance } = address;
  const evse = { id: evseId ?? 0, ...(connectorId === null ? {} : { connectorId }) };
  return {
    component: { name: component, ...(evseId === null ? {} : { evse }) },
    variable: { name: variable, ...(instance === null ? {} : { instance }) },
  };
}

/** The name that a CSMS gives. A lenient station may be sent anything: then nothing has that name. */
export function readNamed(given: Partial<ComponentVariable> | undefined): Named {
  const { component, variable } = given ?? {};
  return {
    component: text(component?.name) ?? "",
    componentInstance: text(component?.instance),
    evseId: component?.evse?.id ?? null,
    connectorId: component?.evse?.connectorId ?? null,
    variable: text(variable?.name),
    instance: text(variable?.instance),
  };
}

function text(given: unknown): string | null {
  return given === undefined || given === null ? null : String(given);
}
