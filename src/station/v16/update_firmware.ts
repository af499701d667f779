import { Answer, CallRefused, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { readTime } from "../time.ts";

/**
 * 1.6 §5.19. A station with a manufacturer's root takes signed firmware only (whitepaper L01.FR.20).
 */
export const updateFirmware = obeys<"1.6", "UpdateFirmware">((station, request) => {
  const { certificates, firmware } = station.services;
  if (certificates.roots.pems("ManufacturerRootCertificate").length > 0) {
    throw new CallRefused(
      "NotSupported",
      "A ManufacturerRootCertificate is installed: only SignedUpdateFirmware is supported",
    );
  }
  const { begin } = firmware.prepare({
    ...readPlan(request),
    requestId: null,
    location: request.location,
    retrieveAt: readTime(request.retrieveDate) ?? 0,
    installAt: null,
    signing: null,
  });
  return new Answer({}, begin);
});
