import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { meterValue } from "./sampled_value.ts";

/** What the meter of an EVSE reads outside of a transaction; 0 is the main meter (J01). */
export const meterValues = says<"2.0.1", "MeterValues", Spoken["meterValues"]["event"], void>({
  action: "MeterValues",
  request({ connectorId, samples }) {
    const values = meterValue(samples);
    return values.length === 0 ? null : { evseId: connectorId, meterValue: values };
  },
  answer() {},
});
