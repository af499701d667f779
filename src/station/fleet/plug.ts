import type { ConnectionManager } from "../../connection/mod.ts";
import { ownBackOff } from "../network/own_back_off.ts";
import type { Station } from "../station.ts";

/**
 * Gives a station a connection of its own.
 *
 * @param policy `ocpp`: it redials as its own RetryBackOff variables say
 * @throws TypeError when one cannot be added
 */
export function plug(
  station: Station,
  manager: ConnectionManager,
  policy: "exponential" | "ocpp" = "exponential",
): void {
  const { id: stationId, network } = station;
  const retry = policy === "ocpp" ? ownBackOff(station) : undefined;
  station.attach((owner) =>
    manager.add({ ...network.target(), stationId, owner, guide: network, retry })
  );
}
