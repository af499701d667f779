import type { Charger } from "../charger.ts";
import { supplyOf } from "../energy/supply.ts";
import { OCCUPANCY } from "../occupancy.ts";
import type { ConnectorStatus } from "../words.ts";
import { type Component, define, fixed, live, type Unnamed } from "./define.ts";
import type { Definition, Reader } from "./variable.ts";

const MONITORED = { isMonitored: true } as const;
const YES = fixed("boolean", "true");

/** How the station, or an EVSE with its connector, stands. */
const AVAILABILITY_STATE = live(
  "OptionList",
  (station, evseId) => OCCUPANCY[statusOf(station, evseId)],
  { values: [...new Set(Object.values(OCCUPANCY))], ...MONITORED },
);

const PROBLEM = live(
  "boolean",
  (station, evseId) => String(statusOf(station, evseId) === "Faulted"),
  MONITORED,
);

const SUPPLY_PHASES = constant("integer", (station, evseId) => {
  const connectors = evseId === 0 ? station.connectors() : [station.connector(evseId)!];
  return String(
    Math.max(...connectors.map(({ type, maxPower }) => supplyOf(type, maxPower).phases)),
  );
});

const PHASE_ROTATION = live("string", ({ settings }, evseId) => {
  const all = settings.get("connectorPhaseRotation").map((one) => one.split("."));
  const found = all.find(([id]) => id === String(evseId)) ?? all.find(([id]) => id === "0");
  return found?.[1] ?? "NotApplicable";
}, { isPersistent: true });

/** What a station is made of: itself, its EVSEs, and of each its connector, its meter and its car. */
const HARDWARE: readonly (readonly [string, Definition["tier"], Component])[] = [
  ["ChargingStation", "station", {
    AvailabilityState: AVAILABILITY_STATE,
    Available: YES,
    FirmwareVersion: live("string", ({ identity }) => identity.firmwareVersion, {
      isPersistent: true,
    }),
    Model: constant("string", ({ identity }) => identity.model),
    PhaseRotation: PHASE_ROTATION,
    Problem: PROBLEM,
    SerialNumber: constant("string", ({ identity }) => identity.serialNumber),
    SupplyPhases: SUPPLY_PHASES,
    VendorName: constant("string", ({ identity }) => identity.vendor),
  }],
  ["EVSE", "evse", {
    AllowReset: YES,
    AvailabilityState: AVAILABILITY_STATE,
    Available: YES,
    PhaseRotation: PHASE_ROTATION,
    // What smart charging offers is what the power should be.
    Power: live("decimal", meter(({ powerW }) => Math.round(powerW * 10) / 10), {
      unit: "W",
      maxOf: (station, evseId) => station.connector(evseId)?.maxPower ?? 0,
      readTarget: meter(({ offeredW }) => Math.round(offeredW * 10) / 10),
      ...MONITORED,
    }),
    SupplyPhases: SUPPLY_PHASES,
  }],
  ["Connector", "connector", {
    AvailabilityState: AVAILABILITY_STATE,
    Available: YES,
    ConnectorType: constant("string", (station, evseId) => station.connector(evseId)!.type),
    Problem: PROBLEM,
    SupplyPhases: SUPPLY_PHASES,
  }],
  ["FiscalMetering", "evse", {
    EnergyExportRegister: register(({ exportWh }) => exportWh),
    EnergyImportRegister: register(({ importWh }) => importWh),
  }],
  ["ConnectedEV", "evse", {
    Available: live("boolean", (station, evseId) => String(station.connector(evseId)?.plugged), {
      ...MONITORED,
    }),
    // Not every car tells it.
    StateOfCharge: live("decimal", (station, evseId) => {
      const reading = station.meter(evseId)?.read(["SoC"], "Other", station.now()).readings[0];
      return reading === undefined ? null : String(reading.value);
    }, { unit: "Percent", min: 0, max: 100, ...MONITORED }),
  }],
];

/** All variables of what a station is made of. */
export const HARDWARE_VARIABLES: readonly Definition[] = HARDWARE.flatMap(
  ([component, tier, variables]) => define(component, tier, variables),
);

function statusOf(station: Charger, evseId: number): ConnectorStatus {
  return station.status(evseId).status;
}

function constant(type: Definition["type"], read: Reader): Unnamed {
  return live(type, read, { isPersistent: true, isConstant: true });
}

function register(value: (meter: NonNullable<ReturnType<Charger["meter"]>>) => number): Unnamed {
  return live("decimal", meter(value), { unit: "Wh", isPersistent: true, ...MONITORED });
}

/** A meter that has never been needed reads 0. */
function meter(value: (meter: NonNullable<ReturnType<Charger["meter"]>>) => number): Reader {
  return (station, evseId) => {
    const found = station.meter(evseId);
    return String(found === null ? 0 : value(found));
  };
}
