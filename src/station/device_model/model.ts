import type { Charger } from "../charger.ts";
import { CONTROLLER_VARIABLES } from "./controllers.ts";
import { HARDWARE_VARIABLES } from "./hardware.ts";
import type { Definition, Place, Variable } from "./variable.ts";

/** A variable as a CSMS names it, in any case (2.x identifierString). `null`: it is left out. */
export interface Named {
  readonly component: string;
  readonly componentInstance: string | null;
  readonly evseId: number | null;
  readonly connectorId: number | null;
  /** `null`, in a pattern: any. */
  readonly variable: string | null;
  readonly instance: string | null;
}

/** The device model of 2.x: one constant table for all stations, in the order of their reports. */
export const DEFINITIONS: readonly Definition[] = [...HARDWARE_VARIABLES, ...CONTROLLER_VARIABLES];

const BY_COMPONENT = Map.groupBy(DEFINITIONS, ({ component }) => component.toLowerCase());

const NOWHERE: Place = { evseId: null, connectorId: null };

/** The variable of exactly this name, or what of the name is unknown (B05.FR.04, FR.05). */
export function findVariable(
  station: Charger,
  named: Named,
): Variable | "UnknownComponent" | "UnknownVariable" {
  const definitions = BY_COMPONENT.get(named.component.toLowerCase()) ?? [];
  const [first] = definitions;
  if (first === undefined || named.componentInstance !== null) return "UnknownComponent";
  const { evseId, connectorId } = named;
  if (!placesOf(station, first).some((place) => isSame(place, { evseId, connectorId }))) {
    return "UnknownComponent";
  }
  const definition = definitions.find((one) =>
    one.variable.toLowerCase() === lower(named.variable) &&
    lower(one.instance) === lower(named.instance)
  );
  return definition === undefined ? "UnknownVariable" : { definition, evseId, connectorId };
}

/** Every variable of a station. */
export function* variablesOf(station: Charger): Generator<Variable> {
  for (const definition of DEFINITIONS) {
    for (const place of placesOf(station, definition)) yield { definition, ...place };
  }
}

/** Whether a pattern of a CSMS means a variable: what it leaves out may be anything (B08.FR.20 and after). */
export function isMeant({ definition, evseId, connectorId }: Variable, pattern: Named): boolean {
  return definition.component.toLowerCase() === pattern.component.toLowerCase() &&
    pattern.componentInstance === null &&
    (pattern.evseId === null || pattern.evseId === evseId) &&
    (pattern.connectorId === null || pattern.connectorId === connectorId) &&
    (pattern.variable === null || definition.variable.toLowerCase() === lower(pattern.variable)) &&
    (pattern.instance === null || lower(definition.instance) === lower(pattern.instance));
}

/** Where a component is found: every EVSE has connector 1 and no other. */
function placesOf(station: Charger, { tier }: Definition): readonly Place[] {
  if (tier === "station") return [NOWHERE];
  const connectorId = tier === "connector" ? 1 : null;
  return station.connectors().map(({ id }) => ({ evseId: id, connectorId }));
}

function isSame(one: Place, other: Place): boolean {
  return one.evseId === other.evseId && one.connectorId === other.connectorId;
}

function lower(text: string | null): string | null {
  return text?.toLowerCase() ?? null;
}
