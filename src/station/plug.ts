import type { ConnectionManager } from "../connection/mod.ts";
import { SUBPROTOCOLS } from "../ocpp/mod.ts";
import { authOf } from "./refit.ts";
import type { Station } from "./station.ts";

/** Gives a station a connection of its own. @throws TypeError when one cannot be added */
export function plug(station: Station, manager: ConnectionManager): void {
  const { id: stationId, url, protocolVersions, tls } = station.config;
  station.attach((owner) =>
    manager.add({
      stationId,
      url,
      subprotocols: protocolVersions.map((version) => SUBPROTOCOLS[version]),
      credentials: authOf(station),
      tls: tls.enabled ? tls : null,
      owner,
    })
  );
}
