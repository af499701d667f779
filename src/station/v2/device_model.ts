import type { Command, Messages } from "../dialect.ts";
import { clearVariableMonitoring } from "./clear_variable_monitoring.ts";
import { getBaseReport } from "./get_base_report.ts";
import { getMonitoringReport } from "./get_monitoring_report.ts";
import { getReport } from "./get_report.ts";
import { getVariables } from "./get_variables.ts";
import { notifyEvent201, notifyEvent21 } from "./notify_event.ts";
import { notifyMonitoringReport201, notifyMonitoringReport21 } from "./notify_monitoring_report.ts";
import { notifyReport } from "./notify_report.ts";
import { setMonitoringBase } from "./set_monitoring_base.ts";
import { setMonitoringLevel } from "./set_monitoring_level.ts";
import { setVariableMonitoring } from "./set_variable_monitoring.ts";
import { setVariables } from "./set_variables.ts";

/** The lines of the tables that are about the device model. */
type DeviceModelMessages = Pick<Messages, "deviceEvents" | "monitoringReport" | "report">;

/** What 2.0.1 says of its device model. */
export const deviceModelMessages201: DeviceModelMessages = {
  deviceEvents: [notifyEvent201],
  monitoringReport: [notifyMonitoringReport201],
  report: [notifyReport],
};

/** What 2.1 says of it. */
export const deviceModelMessages21: DeviceModelMessages = {
  deviceEvents: [notifyEvent21],
  monitoringReport: [notifyMonitoringReport21],
  report: [notifyReport],
};

/** What a CSMS may do with it (blocks B and N): both versions alike. */
export const deviceModelCommands: Readonly<Record<string, Command>> = {
  ClearVariableMonitoring: clearVariableMonitoring,
  GetBaseReport: getBaseReport,
  GetMonitoringReport: getMonitoringReport,
  GetReport: getReport,
  GetVariables: getVariables,
  SetMonitoringBase: setMonitoringBase,
  SetMonitoringLevel: setMonitoringLevel,
  SetVariableMonitoring: setVariableMonitoring,
  SetVariables: setVariables,
};
