import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["signCertificate"];

/** Asks to have a key of the station's own certified (A02, A03). */
export const signCertificate = says<"2.0.1", "SignCertificate", Said["event"], Said["answer"]>({
  action: "SignCertificate",
  request: ({ csr }) => ({ csr, certificateType: "ChargingStationCertificate" }),
  answer: ({ status }) => status === "Accepted",
});
