import type { v201 } from "../../ocpp/mod.ts";
import { findVariable, isMeant } from "../device_model/model.ts";
import type { MonitorType } from "../device_model/monitor.ts";
import { partsOf } from "../device_model/parts.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import { readNamed } from "./component_variable.ts";

/** Reports monitors (N02): of any of the variables, and of any of the kinds that the CSMS asks for. */
export const getMonitoringReport = obeys<"2.1", "GetMonitoringReport">((station, request) => {
  const { requestId, componentVariable, monitoringCriteria } = request;
  const patterns = listOf(componentVariable).map(readNamed);
  const criteria = listOf(monitoringCriteria);
  const items = station.services.monitoring.monitors.filter(({ address, type }) => {
    const variable = findVariable(station, { ...address, componentInstance: null });
    return typeof variable !== "string" &&
      (patterns.length === 0 || patterns.some((pattern) => isMeant(variable, pattern))) &&
      (criteria.length === 0 || criteria.includes(CRITERIA[type]));
  });
  if (items.length === 0) return { status: "EmptyResultSet" };
  return new Answer({ status: "Accepted" }, () => {
    void sayParts(station, "monitoringReport", requestId, partsOf(station.now(), items));
  });
});

/** MonitoringCriterionEnumType by what it is about. */
const CRITERIA = {
  UpperThreshold: "ThresholdMonitoring",
  LowerThreshold: "ThresholdMonitoring",
  Delta: "DeltaMonitoring",
  TargetDelta: "DeltaMonitoring",
  TargetDeltaRelative: "DeltaMonitoring",
  Periodic: "PeriodicMonitoring",
  PeriodicClockAligned: "PeriodicMonitoring",
} as const satisfies Record<MonitorType, v201.MonitoringCriterionEnumType>;

/** A lenient station may be sent anything. */
function listOf<Item>(given: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(given) ? given : [];
}
