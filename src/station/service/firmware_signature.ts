import type { KeyObject, Verify } from "node:crypto";
import { nodeCrypto } from "../../config/mod.ts";
import { type Certificate, invalidAt, isIssuedBy, readOneCertificate } from "./x509.ts";

/** How the signature of a firmware can be checked. */
export interface Signing {
  /** Of the manufacturer, PEM. */
  readonly certificate: string;
  /** Over the whole file with SHA-256: RSA (PSS or PKCS #1) or ECDSA (DER). Base64. */
  readonly signature: string;
}

/**
 * The certificate that a firmware is signed with, or why it must not be used: it has to be valid at
 * `now` (milliseconds since 1970) and issued by one of the manufacturer's roots itself (L01.FR.12).
 */
export function readSigningCertificate(
  pem: string,
  roots: readonly Certificate[],
  now: number,
): Certificate | { reason: string } {
  const certificate = readOneCertificate(pem);
  if ("reason" in certificate) return certificate;
  const reason = invalidAt(certificate, now);
  if (reason !== null) return { reason };
  if (roots.length === 0) return { reason: "no ManufacturerRootCertificate is installed" };
  if (roots.some((root) => isIssuedBy(certificate, root))) return certificate;
  return { reason: "no installed ManufacturerRootCertificate has issued it" };
}

/** Checks a signature over a file that comes in pieces (L01.FR.04). */
export class SignatureCheck {
  readonly #key: KeyObject | null;
  readonly #signature: Uint8Array | null;
  /** One for each scheme that the key allows: nothing says which was used. */
  readonly #schemes: readonly { readonly verify: Verify; readonly padding: object }[];

  constructor({ certificate, signature }: Signing) {
    const read = readOneCertificate(certificate);
    this.#key = "reason" in read ? null : read.x509.publicKey;
    this.#signature = fromBase64(signature);
    this.#schemes = (this.#key?.asymmetricKeyType === "rsa" ? [pss(), pkcs1()] : [{}])
      .map((padding) => ({ verify: nodeCrypto().createVerify("SHA256"), padding }));
  }

  update(chunk: Uint8Array): void {
    for (const { verify } of this.#schemes) verify.update(chunk);
  }

  /** Once, after the last piece. */
  isValid(): boolean {
    const [key, signature] = [this.#key, this.#signature];
    return key !== null && signature !== null && this.#schemes.some(({ verify, padding }) => {
      try {
        return verify.verify({ key, ...padding }, signature);
      } catch {
        return false;
      }
    });
  }
}

function pss() {
  const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_AUTO: saltLength } =
    nodeCrypto().constants;
  return { padding, saltLength };
}

function pkcs1() {
  return { padding: nodeCrypto().constants.RSA_PKCS1_PADDING };
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.fromBase64(text);
  } catch {
    return null;
  }
}
