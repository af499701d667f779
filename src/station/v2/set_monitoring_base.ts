import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Chooses which monitors are at work (N03). */
export const setMonitoringBase = obeys<"2.1", "SetMonitoringBase">(
  (station, { monitoringBase }) => {
    if (!BASES.has(monitoringBase)) {
      const refuse = refusing(station, "SetMonitoringBase", "NotSupported");
      return refuse("UnsupportedParam", `there is no base ${monitoringBase}`);
    }
    station.services.monitoring.setBase(monitoringBase);
    return { status: "Accepted" };
  },
);

/** A lenient station may be asked for anything. */
const BASES: ReadonlySet<string> = new Set(["All", "FactoryDefault", "HardWiredOnly"]);
