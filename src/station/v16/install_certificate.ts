import { obeys } from "../dialect.ts";
import { ROOT_TYPES } from "./root_types.ts";

/** Whitepaper §5.11, M05. */
export const installCertificate = obeys<"1.6", "InstallCertificate">((station, request) => ({
  status: station.services.certificates.roots.install(
    ROOT_TYPES[request.certificateType],
    request.certificate,
  ),
}));
