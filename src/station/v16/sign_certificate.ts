import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["signCertificate"];

/** Whitepaper §5.17, A02 and A03. */
export const signCertificate = says<"1.6", "SignCertificate", Said["event"], Said["answer"]>({
  action: "SignCertificate",
  request: ({ csr }) => ({ csr }),
  answer: ({ status }) => status === "Accepted",
});
