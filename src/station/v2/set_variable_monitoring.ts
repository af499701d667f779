import type { v21 } from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import { Answer, obeys } from "../dialect.ts";
import { readNamed } from "./component_variable.ts";
import { itemsOf } from "./message_limits.ts";
import { statusInfo } from "./status_info.ts";
import { readStreamRate } from "./stream_params.ts";

/** Sets monitors (N04): one result for each, in their order. They look once the answer is out. */
export const setVariableMonitoring = obeys<"2.1", "SetVariableMonitoring">((station, request) => {
  const setMonitoringResult = itemsOf("SetVariableMonitoring", request, request.setMonitoringData)
    .map((wanted) => resultOf(station, wanted));
  return new Answer({ setMonitoringResult }, () => station.services.monitoring.look());
});

function resultOf(
  station: Charger,
  wanted: v21.SetMonitoringDataType,
): v21.SetMonitoringResultType {
  const { component, variable, type, severity, value, id = null, transaction = false } = wanted;
  const result = { component, variable, type, severity };
  const named = readNamed(wanted);
  const { periodicEventStream } = wanted;
  const stream = periodicEventStream ? readStreamRate(periodicEventStream) : null;
  const set = station.services.monitoring.set({
    id,
    named,
    type,
    value,
    severity,
    transaction,
    stream,
  });
  if (typeof set === "number") return { ...result, id: set, status: "Accepted" };
  const { status, reasonCode, why } = set;
  station.log.info(`A monitor is answered ${status}: ${why}`, {
    variable: `${named.component}.${named.variable}`,
  });
  return {
    ...result,
    ...(id === null ? {} : { id }),
    status,
    statusInfo: statusInfo(reasonCode, why),
  };
}
