import { obeys } from "../dialect.ts";

/** Checks and stores a root certificate (M05). */
export const installCertificate = obeys<"2.1", "InstallCertificate">(
  ({ services: { certificates } }, { certificateType, certificate }) => ({
    status: certificates.roots.install(certificateType, certificate),
  }),
);
