import type { v21 } from "../../ocpp/mod.ts";
import type { ProfileUpdate } from "../smart/dynamic.ts";
import type { ReasonCode } from "./status_info.ts";

/** A new limit as the CSMS wrote it (ChargingScheduleUpdateType), or why it cannot be followed. */
export function readUpdate(
  given: v21.ChargingScheduleUpdateType | undefined,
): ProfileUpdate | { readonly reasonCode: ReasonCode; readonly why: string } {
  const { limit, ...others } = given ?? {};
  const odd = Object.keys(others).find((name) => name !== "customData");
  if (odd !== undefined) return { reasonCode: "UnsupportedParam", why: `${odd} is not supported` };
  if (typeof limit === "number" && limit >= 0) return { limit };
  return limit === undefined
    ? { reasonCode: "MissingParam", why: "it names no limit" }
    : { reasonCode: "InvalidValue", why: `its limit is ${limit}, which must not be negative` };
}
