import { partsOf } from "../device_model/parts.ts";
import { customReport } from "../device_model/report.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import { readNamed } from "./component_variable.ts";
import { itemsOf } from "./message_limits.ts";

/** Reports what the CSMS asks for (B08): any of the variables, of components that meet any criterion. */
export const getReport = obeys<"2.1", "GetReport">((station, request) => {
  const { requestId, componentCriteria } = request;
  const patterns = itemsOf("GetReport", request, request.componentVariable).map(readNamed);
  const criteria = Array.isArray(componentCriteria) ? componentCriteria : [];
  const items = customReport(
    station,
    patterns.length === 0 ? null : patterns,
    criteria.length === 0 ? null : criteria,
  );
  if (items.length === 0) return { status: "EmptyResultSet" };
  return new Answer({ status: "Accepted" }, () => {
    void sayParts(station, "report", requestId, partsOf(station.now(), items));
  });
});
