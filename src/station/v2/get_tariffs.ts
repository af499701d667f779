import { obeys } from "../dialect.ts";
import { writeTime } from "../time.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";

/** Lists the default tariffs of an EVSE, or with 0 of all, those to come included (2.1 I09). */
export const getTariffs = obeys<"2.1", "GetTariffs">((station, { evseId }) => {
  const fault = evseId === 0 ? null : evseFault(station, evseId);
  if (fault !== null) return refusing(station, "GetTariffs", "Rejected")(...fault);
  const found = station.services.facilities.tariffs.list(evseId);
  if (found.length === 0) return { status: "NoTariff" };
  return {
    status: "Accepted",
    tariffAssignments: found.map(({ tariff: { id, validFrom }, connectorIds }) => ({
      tariffId: id,
      tariffKind: "DefaultTariff" as const,
      validFrom: validFrom === null ? undefined : writeTime(validFrom),
      evseIds: [...connectorIds],
    })),
  };
});
