import { obeys } from "../dialect.ts";

/** Whitepaper §5.3, M04. */
export const deleteCertificate = obeys<"1.6", "DeleteCertificate">((station, request) => ({
  status: station.services.certificates.roots.delete(request.certificateHashData),
}));
