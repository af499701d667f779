import { partsOf } from "../device_model/parts.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import { refusing } from "./status_info.ts";

/** Reports the DER controls that fit in ReportDERControl (2.1 R04); NotFound when none does. */
export const getDERControl = obeys<"2.1", "GetDERControl">((station, request) => {
  const { requestId, controlId: id, controlType: type, isDefault } = request;
  const found = station.services.facilities.der.find({ id, type, isDefault });
  if (found.length === 0) {
    return refusing(station, "GetDERControl", "NotFound")("InvalidValue", "no control fits");
  }
  return new Answer({ status: "Accepted" }, () => {
    void sayParts(station, "derControls", requestId, partsOf(station.now(), found));
  });
});
