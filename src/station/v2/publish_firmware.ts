import { Answer, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { refusing } from "./status_info.ts";

/** Fetches firmware for the local network and checks it; one at a time (L03). */
export const publishFirmware = obeys<"2.1", "PublishFirmware">((station, request) => {
  const { publications } = station.services.facilities;
  if (publications.isBusy()) {
    const reject = refusing(station, "PublishFirmware", "Rejected");
    return reject("Unspecified", "another firmware is being fetched");
  }
  const { location, checksum, requestId } = request;
  return new Answer({ status: "Accepted" }, () => {
    void publications.publish({ ...readPlan(request), requestId, location, checksum });
  });
});
