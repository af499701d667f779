import { nodeCrypto } from "../../config/mod.ts";
import type { Certificate } from "./x509.ts";

/** The algorithms that the hashes of a certificate may be made with, as OCPP and as node:crypto say it. */
export const HASHES = { SHA256: "sha256", SHA384: "sha384", SHA512: "sha512" } as const;
export type HashAlgorithm = keyof typeof HASHES;

/** By what a CSMS knows an installed certificate (CertificateHashDataType: whitepaper §6.1, RFC 6960). */
export interface CertificateHash {
  readonly hashAlgorithm: HashAlgorithm;
  /** Of the DER of the issuer's name in the certificate. Hexadecimal. */
  readonly issuerNameHash: string;
  /** Of the bits of the issuer's public key, without tag and length. Hexadecimal. */
  readonly issuerKeyHash: string;
  /** Hexadecimal, without leading zeroes: 4095 is `FFF`. */
  readonly serialNumber: string;
}

/** The hashes of a certificate. `issuerKey` is the public key of its issuer, as bits. */
export function hashCertificate(
  certificate: Pick<Certificate, "issuer" | "serialNumber">,
  issuerKey: Uint8Array,
  hashAlgorithm: HashAlgorithm = "SHA256",
): CertificateHash {
  return {
    hashAlgorithm,
    issuerNameHash: digest(hashAlgorithm, certificate.issuer),
    issuerKeyHash: digest(hashAlgorithm, issuerKey),
    serialNumber: certificate.serialNumber,
  };
}

/**
 * Whether two hashes mean the same certificate. Case does not matter, nor do the leading zeroes that
 * some systems write before a serial number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const one = { hashAlgorithm: "SHA256", issuerNameHash: "ab", issuerKeyHash: "cd" } as const;
 * assert(isSameHash({ ...one, serialNumber: "FFF" }, { ...one, serialNumber: "0fff" }));
 * assert(!isSameHash({ ...one, serialNumber: "FFF" }, { ...one, serialNumber: "FFE" }));
 * ```
 */
export function isSameHash(a: CertificateHash, b: CertificateHash): boolean {
  return key(a) === key(b);
}

function key(hash: CertificateHash): string {
  const serial = hash.serialNumber.replace(/^0+(?=.)/, "");
  return [hash.hashAlgorithm, hash.issuerNameHash, hash.issuerKeyHash, serial].join().toLowerCase();
}

function digest(algorithm: HashAlgorithm, bytes: Uint8Array): string {
  return nodeCrypto().createHash(HASHES[algorithm]).update(bytes).digest("hex");
}
