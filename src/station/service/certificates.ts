import type { Clock } from "../../clock/mod.ts";
import type { Log, Secret } from "../../log/mod.ts";
import type { Charger } from "../charger.ts";
import { FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { Identity } from "../spoken.ts";
import { OwnCertificate } from "./own_certificate.ts";
import { RootCertificates } from "./root_certificates.ts";
import type { SecurityEvents } from "./security_events.ts";

/** What is configured about certificates (whitepaper §7). */
export interface CertificateRules {
  /** CpoName, OrganizationName in 2.x; empty: it is not set. */
  readonly cpoName: string;
  /** CertificateStoreMaxLength. */
  readonly storeMaxLength: number;
  /** AdditionalRootCertificateCheck. */
  readonly additionalRootCheck: boolean;
  /** CertificateSignedMaxChainSize, in characters. */
  readonly maxChainSize: number;
}

/** What a station shows its CSMS in a TLS handshake. */
export interface ClientIdentity {
  /** The chain, the station's own certificate first, PEM. */
  readonly certificate: string;
  /** PKCS #8, PEM. */
  readonly key: Secret;
}

/** What {@link Certificates} need of their station. */
export interface CertificateHost {
  readonly id: string;
  readonly identity: Identity;
  readonly log: Log;
  readonly clock: Pick<Clock, "sleep">;
  readonly securityEvents: Pick<SecurityEvents, "raise">;
  readonly say: Charger["say"];
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  certificateRules(): CertificateRules;
  /** Whether the connection of now was verified with this root (PEM). */
  isInUse(pem: string): boolean;
  /** The roots for the CSMS are others now: the next dial has to trust them. */
  rootsChanged(): void;
  /** The station has a new certificate: it connects anew with it. */
  adopt(identity: ClientIdentity): void;
}

/** The certificates of a station: the roots that it trusts, and its own. */
export class Certificates {
  readonly roots: RootCertificates;
  readonly own: OwnCertificate;

  constructor(host: CertificateHost, memory: Remembering = FORGETFUL) {
    this.roots = new RootCertificates(host, memory);
    this.own = new OwnCertificate(host, this.roots);
  }
}
