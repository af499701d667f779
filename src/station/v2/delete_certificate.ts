import { obeys } from "../dialect.ts";

/** Deletes a certificate by its hash (M04). */
export const deleteCertificate = obeys<"2.1", "DeleteCertificate">(
  ({ services: { certificates } }, { certificateHashData }) => ({
    status: certificates.roots.delete(certificateHashData),
  }),
);
