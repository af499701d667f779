import type { v201, v21 } from "../../ocpp/mod.ts";
import { type Command, obeys } from "../dialect.ts";
import type { RootType } from "../service/root_certificates.ts";

const ROOTS_201 = [
  "CSMSRootCertificate",
  "ManufacturerRootCertificate",
  "MORootCertificate",
  "V2GRootCertificate",
] as const satisfies readonly (RootType & v201.GetCertificateIdUseEnumType)[];

/** Lists the hashes of the installed roots, in the words of 2.0.1 (M03). */
export const getInstalledCertificateIds201 = listing(ROOTS_201);

/** The same in the words of 2.1, which knows one kind of root more. */
export const getInstalledCertificateIds21 = listing([...ROOTS_201, "OEMRootCertificate"]);

function listing(known: readonly (RootType & v21.GetCertificateIdUseEnumType)[]): Command {
  return obeys<"2.1", "GetInstalledCertificateIds">(
    ({ services: { certificates } }, { certificateType }) => {
      const types = known.filter((type) => certificateType?.includes(type) ?? true);
      const found = certificates.roots.list(types);
      if (found.length === 0) return { status: "NotFound" };
      return {
        status: "Accepted",
        certificateHashDataChain: found.map(({ type, hash }) => ({
          certificateType: type,
          certificateHashData: hash,
        })),
      };
    },
  );
}
