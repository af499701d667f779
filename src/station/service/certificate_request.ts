import { Secret } from "../../log/mod.ts";
import { TAG, writeBits, writeDer, writeInteger } from "./der.ts";

/** Who asks for a certificate. */
export interface Subject {
  /** CN: the serial number of the station (A00.FR.511). */
  readonly commonName: string;
  /** O: the CPO's name (A02.FR.13). */
  readonly organization: string;
}

/** A key pair of the station with the request to sign it. */
export interface CertificateRequest {
  /** PKCS #10 (RFC 2986), PEM. */
  readonly csr: string;
  /** PKCS #8, PEM. It never leaves the station (A02.FR.05). */
  readonly key: Secret;
  /** The public key: the bits alone. */
  readonly publicKey: Uint8Array;
}

const P256 = { name: "ECDSA", namedCurve: "P-256" };
const OID_COMMON_NAME = new Uint8Array([0x55, 0x04, 0x03]);
const OID_ORGANIZATION = new Uint8Array([0x55, 0x04, 0x0a]);
/** 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
const OID_ECDSA_SHA256 = new Uint8Array([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]);

/** A fresh P-256 key and the request to sign it (A02.FR.02 and 03). */
export async function makeCertificateRequest(subject: Subject): Promise<CertificateRequest> {
  const keys = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const [spki, pkcs8, point] = await Promise.all([
    crypto.subtle.exportKey("spki", keys.publicKey),
    crypto.subtle.exportKey("pkcs8", keys.privateKey),
    crypto.subtle.exportKey("raw", keys.publicKey),
  ]);
  const info = writeDer(
    TAG.SEQUENCE,
    writeInteger(new Uint8Array(1)),
    writeName(subject),
    new Uint8Array(spki),
    writeDer(TAG.CONTEXT_0),
  );
  const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, keys.privateKey, info);
  const request = writeDer(
    TAG.SEQUENCE,
    info,
    writeDer(TAG.SEQUENCE, writeDer(TAG.OID, OID_ECDSA_SHA256)),
    writeBits(writeSignature(new Uint8Array(raw))),
  );
  return {
    csr: writePem("CERTIFICATE REQUEST", request),
    key: new Secret(writePem("PRIVATE KEY", new Uint8Array(pkcs8))),
    publicKey: new Uint8Array(point),
  };
}

function writeName({ organization, commonName }: Subject): Uint8Array {
  return writeDer(
    TAG.SEQUENCE,
    writeAttribute(OID_ORGANIZATION, organization),
    writeAttribute(OID_COMMON_NAME, commonName),
  );
}

function writeAttribute(type: Uint8Array, value: string): Uint8Array {
  const text = writeDer(TAG.UTF8, new TextEncoder().encode(value));
  return writeDer(TAG.SET, writeDer(TAG.SEQUENCE, writeDer(TAG.OID, type), text));
}

/** WebCrypto gives r and s side by side, X.509 wants two INTEGERs (RFC 3279 §2.2.3). */
function writeSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  const [r, s] = [raw.subarray(0, half), raw.subarray(half)];
  return writeDer(TAG.SEQUENCE, writeInteger(r), writeInteger(s));
}

function writePem(label: string, der: Uint8Array): string {
  const lines = der.toBase64().match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
