import { Answer, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { readTime } from "../time.ts";
import { refusing } from "./status_info.ts";

/** Fetches and installs firmware, signed (L01) or not (L02). */
export const updateFirmware = obeys<"2.1", "UpdateFirmware">((station, request) => {
  const { location, retrieveDateTime, installDateTime, signingCertificate, signature } =
    request.firmware;
  if ((signingCertificate === undefined) !== (signature === undefined)) {
    const reject = refusing(station, "UpdateFirmware", "Rejected");
    const missing = signature === undefined ? "signature" : "signingCertificate";
    return reject("MissingParam", `it is to be signed, and has no ${missing}`);
  }
  const { status, begin } = station.services.firmware.prepare({
    ...readPlan(request),
    requestId: request.requestId,
    location,
    retrieveAt: readTime(retrieveDateTime) ?? 0,
    installAt: readTime(installDateTime),
    signing: signingCertificate === undefined || signature === undefined
      ? null
      : { certificate: signingCertificate, signature },
  });
  return new Answer({ status }, begin);
});
