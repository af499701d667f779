import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Takes a message from the displays (O05). */
export const clearDisplayMessage = obeys<"2.1", "ClearDisplayMessage">((station, { id }) => {
  if (station.services.facilities.displays.clear(id)) return { status: "Accepted" };
  const refuse = refusing(station, "ClearDisplayMessage", "Unknown");
  return refuse("InvalidValue", `there is no message ${id}`);
});
