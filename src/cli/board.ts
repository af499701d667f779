import type { StationView } from "../station/mod.ts";

/**
 * One line for each connector: what it is doing, how fast, and how full the car is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(boardOf([]), "");
 * ```
 */
export function boardOf(stations: readonly StationView[]): string {
  return stations.flatMap(({ id, connectors, transactions }) =>
    connectors.map((connector) => {
      const { status, powerW, soc } = connector;
      const running = transactions.find(({ connectorId, state }) =>
        connectorId === connector.id && state === "running"
      );
      const energy = running === undefined ? "" : `${(running.energyWh / 1000).toFixed(2)} kWh`;
      return [
        `  ${id.padEnd(9)}`,
        status.padEnd(13),
        (powerW > 0 ? `${(powerW / 1000).toFixed(1)} kW` : "").padStart(8),
        energy.padStart(10),
        soc === null ? "" : bar(soc),
      ].join(" ").trimEnd() + "\n";
    })
  ).join("");
}

/** How full a battery is, 0 to 1. */
function bar(soc: number): string {
  const full = Math.round(soc * 20);
  return ` ${"█".repeat(full)}${"░".repeat(20 - full)} ${Math.round(soc * 100)} %`;
}
