import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Takes DER controls away, by id or all defaults or all others, maybe of one type (2.1 R04). */
export const clearDERControl = obeys<"2.1", "ClearDERControl">((station, request) => {
  const { controlId: id, controlType: type, isDefault } = request;
  if (station.services.facilities.der.clear({ id, type, isDefault }) > 0) {
    return new Answer({ status: "Accepted" }, () => station.limitsChanged());
  }
  return refusing(station, "ClearDERControl", "NotFound")("InvalidValue", "no control fits");
});
