import { baseReport } from "../device_model/report.ts";
import { sayReport } from "../device_model/say_report.ts";
import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Reports the device model (B07). The parts follow the answer, while the boot is pending too (B02.FR.02). */
export const getBaseReport = obeys<"2.1", "GetBaseReport">(
  (station, { requestId, reportBase }) => {
    if (!BASES.has(reportBase)) {
      const refuse = refusing(station, "GetBaseReport", "NotSupported");
      return refuse("UnsupportedParam", `there is no report ${reportBase}`);
    }
    return new Answer({ status: "Accepted" }, () => {
      void sayReport(station, "report", requestId, baseReport(station, reportBase));
    });
  },
);

/** A lenient station may be asked for anything. */
const BASES: ReadonlySet<string> = new Set([
  "ConfigurationInventory",
  "FullInventory",
  "SummaryInventory",
]);
