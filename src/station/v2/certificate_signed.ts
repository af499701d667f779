import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Takes over a certificate for a key of the station's own (A02). */
export const certificateSigned = obeys<"2.1", "CertificateSigned">((station, request) => {
  const { certificateChain, certificateType = "ChargingStationCertificate" } = request;
  if (certificateType !== "ChargingStationCertificate") {
    const reject = refusing(station, "CertificateSigned", "Rejected");
    return reject("UnsupportedParam", `a ${certificateType} is not supported`);
  }
  const { status, adopt } = station.services.certificates.own.signed(certificateChain);
  return new Answer({ status }, adopt);
});
