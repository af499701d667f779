import type { v21 } from "../../ocpp/mod.ts";
import type { StreamFacts, StreamRate } from "../streams/streams.ts";
import { needObject } from "./need.ts";

/** How often a stream sends (PeriodicEventStreamParamsType). */
export function readStreamRate(params: v21.PeriodicEventStreamParamsType): StreamRate {
  const { interval, values } = needObject(params, "params");
  return { intervalS: interval ?? null, values: values ?? null };
}

/** A stream that is open or wants to be (ConstantStreamDataType). */
export function writeStream(
  { id, monitorId, intervalS, values }: StreamFacts,
): v21.ConstantStreamDataType {
  return {
    id,
    variableMonitoringId: monitorId,
    params: { interval: intervalS ?? undefined, values: values ?? undefined },
  };
}
