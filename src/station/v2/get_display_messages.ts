import { partsOf } from "../device_model/parts.ts";
import { Answer, obeys } from "../dialect.ts";
import { sayParts } from "../line/say_parts.ts";
import { refusing } from "./status_info.ts";

/** Reports the messages that fit in NotifyDisplayMessages (O03, O04); Unknown when none does. */
export const getDisplayMessages = obeys<"2.1", "GetDisplayMessages">((station, request) => {
  const { requestId, id: ids, priority, state } = request;
  const found = station.services.facilities.displays.find({ ids, priority, state });
  if (found.length === 0) {
    return refusing(station, "GetDisplayMessages", "Unknown")("InvalidValue", "no message fits");
  }
  return new Answer({ status: "Accepted" }, () => {
    void sayParts(station, "displayMessages", requestId, partsOf(station.now(), found));
  });
});
