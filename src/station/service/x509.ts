import type { X509Certificate } from "node:crypto";
import { nodeCrypto } from "../../config/mod.ts";
import { describeError } from "../../log/mod.ts";
import { type Der, readDer, TAG } from "./der.ts";

/** A certificate with what the platform's reader does not give. */
export interface Certificate {
  /** One block of PEM. */
  readonly pem: string;
  readonly x509: X509Certificate;
  /** The issuer's name field, in DER. */
  readonly issuer: Uint8Array;
  /** The subject public key: the bits alone, without tag, length and count of unused bits. */
  readonly publicKey: Uint8Array;
  /** Hexadecimal capitals, without leading zeroes. */
  readonly serialNumber: string;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  /** Of the subject; `null`: it has none. */
  readonly commonName: string | null;
  /** Its issuer is its subject, and its own key has signed it. */
  readonly isSelfSigned: boolean;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** No chain needs more; each costs a few parses. */
const MOST_CERTIFICATES = 10;

/** The certificates of a PEM text, in order, or why they cannot be read. */
export function readCertificates(pem: string): readonly Certificate[] | { reason: string } {
  const blocks = pem.match(BLOCK) ?? [];
  if (blocks.length === 0) return { reason: "it has no PEM block that says CERTIFICATE" };
  if (blocks.length > MOST_CERTIFICATES) {
    return { reason: `it has ${blocks.length} certificates, more than ${MOST_CERTIFICATES}` };
  }
  try {
    return blocks.map(readCertificate);
  } catch (error) {
    return { reason: `it cannot be read: ${describeError(error)}` };
  }
}

/** Like {@link readCertificates} for a text that has to hold exactly one. */
export function readOneCertificate(pem: string): Certificate | { reason: string } {
  const read = readCertificates(pem);
  if ("reason" in read) return read;
  const [certificate] = read;
  if (certificate === undefined || read.length > 1) {
    return { reason: `it has ${read.length} certificates, and should have one` };
  }
  return certificate;
}

/** Why a certificate is not valid at a time (milliseconds since 1970); `null`: it is. */
export function invalidAt(certificate: Certificate, at: number): string | null {
  if (at > certificate.notAfter) return `it expired on ${day(certificate.notAfter)}`;
  if (at < certificate.notBefore) return `it is not valid before ${day(certificate.notBefore)}`;
  return null;
}

/** Whether `issuer` has signed `certificate`, and is named in it. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.checkIssued(issuer.x509) &&
      certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    // A kind of key that cannot verify this kind of signature.
    return false;
  }
}

function readCertificate(block: string): Certificate {
  const x509 = new (nodeCrypto().X509Certificate)(block);
  const [certificate] = readDer(x509.raw);
  const [body] = readDer(part(certificate).value);
  // RFC 5280 §4.1: [version], serial, signature, issuer, validity, subject, key; the version may miss.
  const fields = readDer(part(body).value);
  const rest = fields[0]?.tag === TAG.CONTEXT_0 ? fields.slice(1) : fields;
  const [serial, , issuer, validity, subject, key] = rest;
  const [notBefore, notAfter] = readDer(part(validity).value);
  const [, bits] = readDer(part(key).value);
  const read = {
    pem: `${block.replace(/\r/g, "")}\n`,
    x509,
    issuer: part(issuer).bytes,
    publicKey: part(bits).value.subarray(1),
    serialNumber: hexOf(part(serial).value),
    notBefore: readTime(part(notBefore)),
    notAfter: readTime(part(notAfter)),
    commonName: /(?:^|\n)CN=(.*)/.exec(x509.subject)?.[1] ?? null,
    isSelfSigned: false,
  };
  const isSelfIssued = hexOf(read.issuer) === hexOf(part(subject).bytes);
  return { ...read, isSelfSigned: isSelfIssued && isIssuedBy(read, read) };
}

function part(element: Der | undefined): Der {
  if (element === undefined) throw new RangeError("A field of the certificate is missing");
  return element;
}

/** Hexadecimal capitals without leading zeroes: 4095 is `FFF`. */
function hexOf(bytes: Uint8Array): string {
  return bytes.toHex().toUpperCase().replace(/^0+(?=.)/, "");
}

/** RFC 5280 §4.1.2.5: `YYMMDDHHMMSSZ` until 2049, `YYYYMMDDHHMMSSZ` from then on. */
function readTime({ tag, value }: Der): number {
  const text = new TextDecoder().decode(value);
  const century = Number(text.slice(0, 2)) >= 50 ? "19" : "20";
  const digits = tag === TAG.UTC_TIME ? century + text : text;
  const iso = digits.replace(/^(....)(..)(..)(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const time = Date.parse(iso);
  if (Number.isNaN(time)) throw new RangeError(`It has a time that cannot be read: "${text}"`);
  return time;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
