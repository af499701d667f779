import { obeys } from "../dialect.ts";
import { ROOT_TYPES } from "./root_types.ts";

/** Whitepaper §5.7, M03. */
export const getInstalledCertificateIds = obeys<"1.6", "GetInstalledCertificateIds">(
  (station, request) => {
    const found = station.services.certificates.roots.list([ROOT_TYPES[request.certificateType]]);
    if (found.length === 0) return { status: "NotFound" };
    return { status: "Accepted", certificateHashData: found.map(({ hash }) => hash) };
  },
);
