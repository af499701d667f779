/**
 * Certificates and keys for tests, made while they run: no key lies in the repository.
 *
 * @module
 */
import "./reflect_metadata.ts";
import * as x509 from "@peculiar/x509";
import { generateKeyPairSync } from "node:crypto";

const EC_P256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const HOUR_MS = 3_600_000;

/** A certificate with its private key (PKCS #8), both PEM. */
export interface Issued {
  readonly certPem: string;
  readonly keyPem: string;
}

/** What a certificate says. */
export interface IssueOptions {
  /** DNS names. With neither `names` nor `ips` a server gets `localhost` and `127.0.0.1`. */
  readonly names?: readonly string[];
  readonly ips?: readonly string[];
  /** A client's certificate instead of a server's. */
  readonly client?: boolean;
  /** The common name of the subject; the first name by default. */
  readonly commonName?: string;
  /** An hour ago by default. */
  readonly notBefore?: Date;
  /** A day ahead by default. */
  readonly notAfter?: Date;
}

/** A certificate authority that lives as long as the test. */
export interface Ca {
  readonly certPem: string;
  issue(options?: IssueOptions): Promise<Issued>;
}

/** A self-signed authority (CA:TRUE). Two calls make two that do not know each other. */
export async function makeCa(name = "ocpp-emu test CA"): Promise<Ca> {
  const keys = await makeKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: subject(name),
    keys,
    notBefore: fromNow(-HOUR_MS),
    notAfter: fromNow(24 * HOUR_MS),
    signingAlgorithm: EC_P256,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });

  return {
    certPem: root.toString("pem"),
    async issue(options = {}) {
      const leafKeys = await makeKeys();
      const names = alternativeNames(options);
      const usage = options.client
        ? x509.ExtendedKeyUsage.clientAuth
        : x509.ExtendedKeyUsage.serverAuth;
      const leaf = await x509.X509CertificateGenerator.create({
        subject: subject(options.commonName ?? names[0]?.value ?? "client"),
        issuer: root.subjectName,
        publicKey: leafKeys.publicKey,
        signingKey: keys.privateKey,
        notBefore: options.notBefore ?? fromNow(-HOUR_MS),
        notAfter: options.notAfter ?? fromNow(24 * HOUR_MS),
        signingAlgorithm: EC_P256,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([usage]),
          ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
          await x509.AuthorityKeyIdentifierExtension.create(root),
        ],
      });
      return { certPem: leaf.toString("pem"), keyPem: await exportKey(leafKeys.privateKey) };
    },
  };
}

/** A key that only `passphrase` opens: PEM that says `BEGIN ENCRYPTED PRIVATE KEY`. */
export function encryptedKeyPem(passphrase = "correct horse"): string {
  return generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase },
  }).privateKey;
}

function alternativeNames(options: IssueOptions): x509.JsonGeneralNames & { value: string }[] {
  const unnamed = options.names === undefined && options.ips === undefined && !options.client;
  const names = unnamed ? ["localhost"] : options.names ?? [];
  const ips = unnamed ? ["127.0.0.1"] : options.ips ?? [];
  return [
    ...names.map((value) => ({ type: "dns" as const, value })),
    ...ips.map((value) => ({ type: "ip" as const, value })),
  ];
}

function makeKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(EC_P256, true, ["sign", "verify"]);
}

async function exportKey(key: CryptoKey): Promise<string> {
  const der = await crypto.subtle.exportKey("pkcs8", key);
  return x509.PemConverter.encode(der, "PRIVATE KEY");
}

function subject(commonName: string): x509.JsonName {
  return [{ CN: [commonName] }];
}

function fromNow(ms: number): Date {
  return new Date(Date.now() + ms);
}
