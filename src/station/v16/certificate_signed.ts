import { Answer, obeys } from "../dialect.ts";

/** Whitepaper §5.1, A02. */
export const certificateSigned = obeys<"1.6", "CertificateSigned">((station, request) => {
  const { status, adopt } = station.services.certificates.own.signed(request.certificateChain);
  return new Answer({ status }, adopt);
});
