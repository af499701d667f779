import { heeds } from "../dialect.ts";

/** A limit from elsewhere that a tester has the station call cleared is gone (K13). */
export const clearedChargingLimit = heeds<"2.1", "ClearedChargingLimit">((station, request) => {
  const { chargingLimitSource: source, evseId = null } = request;
  station.services.facilities.smart.clearExternalLimit(evseId, source);
});
