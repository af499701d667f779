import type { v16 } from "../../ocpp/mod.ts";
import type { RootType } from "../service/root_certificates.ts";

/** What 1.6 calls the roots (whitepaper §6.4). */
export const ROOT_TYPES = {
  CentralSystemRootCertificate: "CSMSRootCertificate",
  ManufacturerRootCertificate: "ManufacturerRootCertificate",
} as const satisfies Record<v16.CertificateUseEnumType, RootType>;
