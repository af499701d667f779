import { partsOf } from "../device_model/parts.ts";
import { baseReport } from "../device_model/report.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import { refusing } from "./status_info.ts";

/** Reports the device model (B07). The parts follow the answer, while the boot is pending too (B02.FR.02). */
export const getBaseReport = obeys<"2.1", "GetBaseReport">(
  (station, { requestId, reportBase }) => {
    if (!BASES.has(reportBase)) {
      const refuse = refusing(station, "GetBaseReport", "NotSupported");
      return refuse("UnsupportedParam", `there is no report ${reportBase}`);
    }
    return new Answer({ status: "Accepted" }, () => {
      const parts = partsOf(station.now(), baseReport(station, reportBase));
      void sayParts(station, "report", requestId, parts);
    });
  },
);

/** A lenient station may be asked for anything. */
const BASES: ReadonlySet<string> = new Set([
  "ConfigurationInventory",
  "FullInventory",
  "SummaryInventory",
]);
