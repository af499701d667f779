import type { Charger } from "../charger.ts";
import type { Memory, Monitor } from "./monitor.ts";

/** A monitor that a station has from its maker, and what it knows at first. */
export interface FactoryMonitor {
  readonly monitor: Monitor;
  readonly memory: Memory;
}

/** Those of the CSMS have ids from here on. */
export const FIRST_CUSTOM_ID = 1_000;

const STATION = { component: "ChargingStation", evseId: null, connectorId: null, instance: null };

/**
 * What a station watches unasked: hard-wired, what breaks, since 2.x has no error codes in its statuses; and
 * preconfigured, how the station as a whole stands, of which no StatusNotification tells (G03, G04).
 */
export function factoryMonitors(station: Charger): readonly FactoryMonitor[] {
  const connectors = station.connectors().map(({ id: evseId }, index) =>
    hardWired(10 + index, { ...STATION, component: "Connector", evseId, connectorId: 1 })
  );
  return [hardWired(1, STATION), AVAILABILITY, ...connectors];
}

const AVAILABILITY: FactoryMonitor = {
  monitor: {
    id: 2,
    kind: "PreconfiguredMonitor",
    address: { ...STATION, variable: "AvailabilityState" },
    type: "Delta",
    value: 0,
    severity: 8,
    transaction: false,
    stream: null,
  },
  memory: { told: "Available", isAlarmed: false },
};

function hardWired(id: number, component: Omit<Monitor["address"], "variable">): FactoryMonitor {
  return {
    monitor: {
      id,
      kind: "HardWiredMonitor",
      address: { ...component, variable: "Problem" },
      type: "Delta",
      value: 0,
      severity: 2,
      transaction: false,
      stream: null,
    },
    memory: { told: "false", isAlarmed: false },
  };
}
