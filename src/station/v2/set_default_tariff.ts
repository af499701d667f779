import { obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";
import { refusing } from "./status_info.ts";
import { readTariff } from "./tariff.ts";

/** Makes a tariff the default of an EVSE, or with 0 of all, now or from its time on (2.1 I07). */
export const setDefaultTariff = obeys<"2.1", "SetDefaultTariff">((station, { evseId, tariff }) => {
  const fault = evseId === 0 ? null : evseFault(station, evseId);
  if (fault !== null) return refusing(station, "SetDefaultTariff", "Rejected")(...fault);
  const read = readTariff(tariff);
  if ("why" in read) {
    return refusing(station, "SetDefaultTariff", read.status)(read.reasonCode, read.why);
  }
  const ids = evseId === 0 ? station.connectors().map(({ id }) => id) : [evseId];
  if (station.services.facilities.tariffs.setDefault(read.tariff, ids, station.now())) {
    return { status: "Accepted" };
  }
  const refuse = refusing(station, "SetDefaultTariff", "DuplicateTariffId");
  return refuse("InvalidValue", `tariff "${read.tariff.id}" is there already`);
});
