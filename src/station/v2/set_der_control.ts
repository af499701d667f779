import { Answer, obeys } from "../dialect.ts";
import { MOST_CONTROLS } from "../der/der_controls.ts";
import { readDerControl } from "./der_control.ts";
import { refusing } from "./status_info.ts";

/** Keeps a DER control, which takes the place of less urgent ones of its type (2.1 R04). */
export const setDERControl = obeys<"2.1", "SetDERControl">((station, request) => {
  const reject = refusing(station, "SetDERControl", "Rejected");
  const control = readDerControl(request, station.now());
  if (typeof control === "string") return reject("InvalidValue", control);
  const superseded = station.services.facilities.der.set(control);
  if (superseded === null) {
    return reject("Unspecified", `it is one more than the ${MOST_CONTROLS} that fit`);
  }
  const supersededIds = superseded.length === 0 ? undefined : [...superseded];
  return new Answer({ status: "Accepted", supersededIds }, () => station.limitsChanged());
});
