import { describeError, type Secret } from "../../log/mod.ts";
import { makeCertificateRequest } from "./certificate_request.ts";
import type { CertificateHost, ClientIdentity } from "./certificates.ts";
import type { RootCertificates } from "./root_certificates.ts";
import { type Certificate, invalidAt, isIssuedBy, readCertificates } from "./x509.ts";

const DAY_MS = 86_400_000;

/** So long before its end a certificate is renewed, a short-lived one in the last third of its life. */
const RENEWAL_MS = 30 * DAY_MS;

/** A request that the CSMS has not answered with a certificate yet. */
interface Pending {
  readonly key: Secret;
  readonly publicKey: Uint8Array;
  readonly commonName: string;
}

/** What becomes of a certificate that was sent; `adopt` is for after the answer. */
export interface SignedOutcome {
  readonly status: "Accepted" | "Rejected";
  readonly adopt: () => void;
}

/** The station's own certificate: asked for, received and put to use (A02, A03). */
export class OwnCertificate {
  readonly #host: CertificateHost;
  readonly #roots: RootCertificates;
  #pending: Pending | null = null;
  /** Ends the wait for a certificate that is not valid yet, or is to be renewed. */
  #waiting: AbortController | null = null;

  constructor(host: CertificateHost, roots: RootCertificates) {
    this.#host = host;
    this.#roots = roots;
  }

  /**
   * Makes a new key and asks the CSMS to have it signed. `false`: CpoName is not set, without which
   * there is no request (A02, prerequisites). A newer request takes the place of an older one.
   */
  request(): boolean {
    const { log, identity, id } = this.#host;
    const organization = this.#host.certificateRules().cpoName;
    if (organization === "") {
      log.warn("Cannot ask for a certificate: CpoName is not set");
      return false;
    }
    void this.#request({ organization, commonName: identity.serialNumber ?? id });
    return true;
  }

  /** The certificate that the CSMS had signed (PEM) was in use before a restart: it is renewed in time. */
  wake(certificate: string): void {
    const chain = readCertificates(certificate);
    if (!("reason" in chain) && chain[0] !== undefined) void this.#renew(chain[0]);
  }

  /** Judges what a CertificateSigned brought (A02.FR.06). Why it was rejected is in the log. */
  signed(pem: string): SignedOutcome {
    const pending = this.#pending;
    const judged = pending === null
      ? { reason: "the station has not asked for one" }
      : this.#judge(pem, pending);
    if (pending === null || "reason" in judged) {
      const reason = "reason" in judged ? judged.reason : "";
      this.#host.log.warn(`Cannot use the certificate that the CSMS sent: ${reason}`);
      this.#host.securityEvents.raise("InvalidChargingStationCertificate", reason);
      return { status: "Rejected", adopt() {} };
    }
    this.#pending = null;
    const certificate = judged.chain.map((one) => one.pem).join("");
    const identity = { certificate, key: pending.key };
    return { status: "Accepted", adopt: () => void this.#adopt(identity, judged.leaf) };
  }

  /** Forgets what was asked for and what waits. */
  stop(): void {
    this.#pending = null;
    this.#waiting?.abort();
    this.#waiting = null;
  }

  async #request(subject: { organization: string; commonName: string }): Promise<void> {
    const { log } = this.#host;
    try {
      const { csr, key, publicKey } = await makeCertificateRequest(subject);
      // An answer may be lost and the certificate come all the same: it stays pending before and after.
      const pending = { key, publicKey, commonName: subject.commonName };
      this.#pending = pending;
      const said = await this.#host.say("signCertificate", { csr });
      if (said.kind === "answered" && said.answer) return log.info("A certificate is asked for");
      const isLost = said.kind === "timeout" || said.kind === "offline";
      if (!isLost && this.#pending === pending) this.#pending = null;
      const error = "message" in said
        ? said.message
        : said.kind === "error"
        ? said.code
        : said.kind;
      log.warn("The CSMS did not accept the request for a certificate", { error });
    } catch (error) {
      log.error("Cannot ask for a certificate", { error: describeError(error) });
    }
  }

  #judge(
    pem: string,
    pending: Pending,
  ): { leaf: Certificate; chain: readonly Certificate[] } | { reason: string } {
    const { maxChainSize } = this.#host.certificateRules();
    if (pem.length > maxChainSize) {
      return { reason: `it has ${pem.length} characters, more than ${maxChainSize}` };
    }
    const chain = readCertificates(pem);
    if ("reason" in chain) return chain;
    const [leaf] = chain;
    if (leaf === undefined || leaf.publicKey.toHex() !== pending.publicKey.toHex()) {
      return { reason: "its first certificate has another key than the station's last request" };
    }
    const reason = this.#wrongName(leaf, pending) ?? this.#wrongChain(chain);
    return reason === null ? { leaf, chain } : { reason };
  }

  /** A00.FR.511. */
  #wrongName({ commonName }: Certificate, pending: Pending): string | null {
    if (commonName === pending.commonName) return null;
    return `its common name is "${commonName ?? ""}", and should be "${pending.commonName}"`;
  }

  /** Whether it hangs together, is valid, and is of the CPO's hierarchy where its roots are known. */
  #wrongChain(chain: readonly Certificate[]): string | null {
    const now = this.#host.now();
    for (const [index, certificate] of chain.entries()) {
      const isEarly = index === 0 && now < certificate.notBefore; // It is put to use later.
      const invalid = isEarly ? null : invalidAt(certificate, now);
      if (invalid !== null) return `certificate ${index + 1}: ${invalid}`;
      const next = chain[index + 1];
      if (next !== undefined && !(next.x509.ca && isIssuedBy(certificate, next))) {
        return `certificate ${index + 2} has not issued the one before it`;
      }
    }
    const top = chain.at(-1);
    const roots = this.#roots.trusted("CSMSRootCertificate");
    if (top === undefined || roots.length === 0) return null;
    if (roots.some((root) => root.pem === top.pem || isIssuedBy(top, root))) return null;
    return "no installed CSMSRootCertificate has issued it";
  }

  /** At once, or as soon as it is valid (A02.FR.08). */
  async #adopt(identity: ClientIdentity, certificate: Certificate): Promise<void> {
    const { log, clock } = this.#host;
    const { notBefore, serialNumber } = certificate;
    this.#waiting?.abort();
    const waitMs = notBefore - this.#host.now();
    if (waitMs > 0) {
      log.info("The new certificate is not valid yet, and waits", { seconds: waitMs / 1000 });
      const waiting = this.#waiting = new AbortController();
      await clock.sleep(waitMs, waiting.signal);
      if (waiting.signal.aborted) return;
    }
    this.#waiting = null;
    log.info("The station takes its new certificate", { serial: serialNumber });
    this.#host.adopt(identity);
    await this.#renew(certificate);
  }

  /** Asks for the next one in time, and every day again until it is there (A03). */
  async #renew({ notBefore, notAfter }: Certificate): Promise<void> {
    const { log, clock } = this.#host;
    const { signal } = this.#waiting = new AbortController();
    const early = Math.min(RENEWAL_MS, (notAfter - notBefore) / 3);
    await clock.sleep(Math.max(0, notAfter - early - this.#host.now()), signal);
    while (!signal.aborted) {
      log.info("The certificate of the station is about to run out, and is renewed");
      this.request();
      await clock.sleep(DAY_MS, signal);
    }
  }
}
