import { type CertificateHash, hashCertificate, isSameHash } from "./certificate_hash.ts";
import type { CertificateHost } from "./certificates.ts";
import { Cell, type Remembering } from "../memory/cell.ts";
import { type Certificate, isIssuedBy, readOneCertificate } from "./x509.ts";

/** What a root is trusted for, in the words of 2.x. 1.6 knows the first two. */
export type RootType =
  | "CSMSRootCertificate"
  | "ManufacturerRootCertificate"
  | "MORootCertificate"
  | "OEMRootCertificate"
  | "V2GRootCertificate";

/** A root that a CSMS has installed. Plain JSON. */
export interface InstalledRoot {
  readonly type: RootType;
  readonly pem: string;
  /** The bits of its issuer's public key, hexadecimal: the issuer may go before it does. */
  readonly issuerKey: string;
}

const NONE: readonly InstalledRoot[] = [];

/** The roots that a CSMS has installed (M03 to M05). */
export class RootCertificates {
  readonly #host: CertificateHost;
  /** In the order of their installation. */
  readonly #kept: Cell<readonly InstalledRoot[]>;

  constructor(host: CertificateHost, memory: Remembering) {
    this.#host = host;
    this.#kept = new Cell(memory, "certificates", NONE);
  }

  get installed(): readonly InstalledRoot[] {
    return this.#kept.value;
  }

  /** The roots of a type as PEM texts, the newest last. */
  pems(type: RootType): readonly string[] {
    return this.installed.filter((root) => root.type === type).map(({ pem }) => pem);
  }

  /** The roots of a type, read. */
  trusted(type: RootType): readonly Certificate[] {
    return this.pems(type).map(readInstalled);
  }

  /** The types and hashes of what is installed, of all types or of some (M03). */
  list(types?: readonly RootType[]): readonly { type: RootType; hash: CertificateHash }[] {
    return this.installed
      .filter(({ type }) => types === undefined || types.includes(type))
      .map((root) => ({ type: root.type, hash: hashOf(root) }));
  }

  /** M05. Why it was not accepted is in the log. */
  install(type: RootType, pem: string): "Accepted" | "Rejected" {
    const { log } = this.#host;
    const rules = this.#host.certificateRules();
    const isChecked = type === "CSMSRootCertificate" && rules.additionalRootCheck;
    const found = this.#read(pem);
    if ("reason" in found) return this.#refuse(type, found.reason);
    const { certificate, issuerKey } = found;
    const root = { type, pem: certificate.pem, issuerKey };
    if (this.installed.some((one) => one.type === type && one.pem === root.pem)) {
      log.info(`The ${type} is installed already`, { serial: certificate.serialNumber });
      return "Accepted";
    }
    const old = isChecked ? this.trusted(type).at(-1) : undefined;
    if (old !== undefined && !isIssuedBy(certificate, old)) {
      return this.#refuse(type, "the root that it replaces has not signed it (M05.FR.10)");
    }
    const kept = isChecked ? this.installed.filter((one) => one.type !== type) : this.installed;
    if (kept.length >= rules.storeMaxLength) {
      return this.#refuse(
        type,
        `${kept.length} are installed, and no more are allowed (M05.FR.03)`,
      );
    }
    const fallback = this.installed.filter((one) => one.type === type && one.pem === old?.pem);
    this.#change([...kept, ...(isChecked ? fallback : []), root], type);
    log.info(`A ${type} is installed`, { serial: certificate.serialNumber });
    return "Accepted";
  }

  /** M04. One that the connection of now rests on stays (M04.FR.06). */
  delete(hash: CertificateHash): "Accepted" | "NotFound" | "Failed" {
    const isMeant = (root: InstalledRoot) => isSameHash(hashOf(root, hash.hashAlgorithm), hash);
    const meant = this.installed.filter(isMeant);
    const [first] = meant;
    if (first === undefined) return "NotFound";
    const fields = { serial: hash.serialNumber };
    if (meant.some(({ type, pem }) => type === CSMS && this.#host.isInUse(pem))) {
      this.#host.log.warn(`Cannot delete the ${CSMS}: the connection rests on it`, fields);
      return "Failed";
    }
    const rest = this.installed.filter((root) => !meant.includes(root));
    this.#change(rest, meant.some(({ type }) => type === CSMS) ? CSMS : first.type);
    this.#host.log.info(`A ${first.type} is deleted`, fields);
    return "Accepted";
  }

  /** A connection was made that the newest root of the CSMS verified: the fallback goes (M05.FR.12). */
  dropFallback(): void {
    if (!this.#host.certificateRules().additionalRootCheck) return;
    const [newest, ...older] = this.installed.filter(({ type }) => type === CSMS).reverse();
    if (newest === undefined || older.length === 0) return;
    this.#change(this.installed.filter((root) => !older.includes(root)), CSMS);
  }

  /** A certificate that may be a root, with the key of its issuer. */
  #read(pem: string): { certificate: Certificate; issuerKey: string } | { reason: string } {
    const certificate = readOneCertificate(pem);
    if ("reason" in certificate) return certificate;
    if (this.#host.now() > certificate.notAfter) {
      return { reason: `it expired on ${new Date(certificate.notAfter).toISOString()}` };
    }
    if (certificate.isSelfSigned) {
      return { certificate, issuerKey: certificate.publicKey.toHex() };
    }
    if (!certificate.x509.ca) return { reason: "it is not the certificate of an authority" };
    const issuer = this.installed.map(({ pem }) => readInstalled(pem))
      .find((one) => isIssuedBy(certificate, one));
    if (issuer === undefined) return { reason: "it is no root, and its issuer is not installed" };
    return { certificate, issuerKey: issuer.publicKey.toHex() };
  }

  #refuse(type: RootType, reason: string): "Rejected" {
    this.#host.log.warn(`Cannot install the ${type}: ${reason}`);
    return "Rejected";
  }

  #change(installed: readonly InstalledRoot[], type: RootType): void {
    this.#kept.value = installed.length === 0 ? NONE : installed;
    if (type === CSMS) this.#host.rootsChanged();
  }
}

const CSMS = "CSMSRootCertificate";

function hashOf(root: InstalledRoot, algorithm?: CertificateHash["hashAlgorithm"]) {
  return hashCertificate(
    readInstalled(root.pem),
    Uint8Array.fromHex(root.issuerKey),
    algorithm,
  );
}

/** @throws TypeError when the store was tampered with: only what could be read gets into it */
function readInstalled(pem: string): Certificate {
  const certificate = readOneCertificate(pem);
  if ("reason" in certificate) {
    throw new TypeError(`Cannot read an installed certificate: ${certificate.reason}`);
  }
  return certificate;
}
