import type { Charger } from "../charger.ts";
import type { ConfigurationEntry } from "../dialect.ts";
import { CONTROLLER_VARIABLES } from "./controllers.ts";

/** What the controllers of a station are set to, each as `Component.Variable` or `Component.Variable[Instance]`. */
export function configurationOf(station: Charger): readonly ConfigurationEntry[] {
  return CONTROLLER_VARIABLES.map(({ component, variable, instance, mutability, read }) => ({
    key: `${component}.${variable}${instance === null ? "" : `[${instance}]`}`,
    value: read(station, 0),
    readonly: mutability === "ReadOnly",
  }));
}
