import { Answer, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { readTime } from "../time.ts";

/** Whitepaper §5.21, L01. */
export const signedUpdateFirmware = obeys<"1.6", "SignedUpdateFirmware">((station, request) => {
  const { location, retrieveDateTime, installDateTime, signingCertificate, signature } =
    request.firmware;
  const { status, begin } = station.services.firmware.prepare({
    ...readPlan(request),
    requestId: request.requestId,
    location,
    retrieveAt: readTime(retrieveDateTime) ?? 0,
    installAt: readTime(installDateTime),
    signing: { certificate: signingCertificate, signature },
  });
  return new Answer({ status }, begin);
});
