import type { v21 } from "../../ocpp/mod.ts";
import type { ProfileUpdate } from "../smart/dynamic.ts";
import type { ReasonCode } from "./status_info.ts";

/** What of an update this station follows. */
const FOLLOWED = ["dischargeLimit", "limit", "setpoint"] as const;

/** What is new as the CSMS wrote it (ChargingScheduleUpdateType), or why it cannot be followed. */
export function readUpdate(
  given: v21.ChargingScheduleUpdateType | undefined,
): ProfileUpdate | { readonly reasonCode: ReasonCode; readonly why: string } {
  const { customData: _, ...update } = given ?? {};
  const odd = Object.keys(update).find((name) => !FOLLOWED.some((one) => one === name));
  if (odd !== undefined) return { reasonCode: "UnsupportedParam", why: `${odd} is not supported` };
  const { limit, dischargeLimit, setpoint } = update;
  const values = [limit, dischargeLimit, setpoint].filter((value) => value !== undefined);
  if (values.length === 0) {
    return { reasonCode: "MissingParam", why: "it names neither a limit nor a setpoint" };
  }
  if (!values.every(Number.isFinite)) {
    return { reasonCode: "InvalidValue", why: "it has a value that is no number" };
  }
  if (limit !== undefined && limit < 0) {
    return { reasonCode: "InvalidValue", why: `its limit is ${limit}, which must not be negative` };
  }
  if (dischargeLimit !== undefined && dischargeLimit > 0) {
    const why = `its discharge limit is ${dischargeLimit}, which must not be above 0`;
    return { reasonCode: "InvalidValue", why };
  }
  return update;
}
