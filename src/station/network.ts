import type { StationConfig, TlsConfig } from "../config/mod.ts";
import type { Credentials, TargetChange, TlsOptions } from "../connection/mod.ts";
import type { ClientIdentity } from "./service/certificates.ts";
import type { Works } from "./works.ts";

/** How a station reaches its CSMS, and what the CSMS may change about that while it runs. */
export class Network {
  readonly #works: Works;
  #credentials: Credentials;
  #url: string;
  #tls: TlsConfig;
  /** The one that is in force. */
  #profile: number;

  constructor(works: Works, config: StationConfig) {
    this.#works = works;
    this.#credentials = config.auth;
    this.#url = config.url;
    this.#tls = config.tls;
    this.#profile = config.securityProfile;
  }

  /** Why a security profile cannot be had, in a clause that begins with "it" (whitepaper §5, A05); `null`: it can. */
  profileRefusal(profile: number): string | null {
    if (profile >= 1 && profile <= 2 && this.#credentials.type !== "basic") {
      return "it needs a password, and the station has none";
    }
    const isSecure = this.#url.startsWith("wss:");
    if (profile >= 2 && !isSecure && this.#tls.caCert === null && this.#roots().length === 0) {
      return "it needs a root certificate for the CSMS, and none is installed";
    }
    if (profile === 3 && (this.#tls.clientCert === null || this.#tls.clientKey === null)) {
      return "it needs a certificate of the station, and it has none";
    }
    return null;
  }

  /** The CSMS changed the password, as 1.6 (whitepaper §4) or 2.x (A01) has it. */
  async passwordChanged(setting: "authorizationKey" | "basicAuthPassword"): Promise<void> {
    const secret = this.#works.settings.get(setting);
    if (secret === null) return;
    const before = this.#credentials;
    const username = before.type === "basic" ? before.username : null;
    this.#credentials = setting === "authorizationKey"
      ? { type: "basic", username, password: null, authorizationKey: secret }
      : { type: "basic", username, password: secret, authorizationKey: null };
    // Without Basic in use the key waits for a profile that uses it.
    if (before.type !== "basic") return;
    if (await this.#retarget({ credentials: this.#credentials })) return;
    this.#credentials = before;
    const { password, authorizationKey } = before;
    this.#works.settings.set(setting, setting === "authorizationKey" ? authorizationKey : password);
  }

  /** The CSMS raised the security profile (whitepaper §5, A05). */
  async profileChanged(): Promise<void> {
    const before = this.#profile;
    const profile = this.#works.settings.get("securityProfile");
    if (profile === before) return;
    this.#profile = profile;
    const old = { url: this.#url, tls: this.#tls };
    if (profile >= 2) {
      this.#url = this.#url.replace(/^ws:/, "wss:");
      this.#tls = { ...this.#tls, enabled: true };
    }
    const credentials: Credentials = profile === 3 ? { type: "none" } : this.#credentials;
    const kept = await this.#retarget({ url: this.#url, tls: this.#tlsOptions(), credentials });
    if (kept) return;
    this.#url = old.url;
    this.#tls = old.tls;
    this.#profile = before;
    this.#works.settings.set("securityProfile", before);
  }

  pingChanged(): void {
    this.#works.line.connection?.setPingInterval(
      this.#works.settings.get("webSocketPingInterval") * 1000,
    );
  }

  /** The CSMS had a certificate signed for us: the connection shows it from now on (A02). */
  async adopt({ certificate, key }: ClientIdentity): Promise<void> {
    const before = this.#tls;
    this.#tls = { ...before, clientCert: certificate, clientKey: key };
    if (this.#works.settings.get("securityProfile") < 3) return;
    if (!await this.#retarget({ tls: this.#tlsOptions() })) this.#tls = before;
  }

  /** The roots for the CSMS are others now: the station connects anew, trusting them (M05). */
  async rootsChanged(): Promise<void> {
    if (!this.#tls.enabled) return;
    if (await this.#retarget({ tls: this.#tlsOptions() })) {
      this.#works.services.certificates.roots.dropFallback();
    }
  }

  /** Whether the connection of now may rest on this root (PEM). */
  isInUse(pem: string): boolean {
    return this.#url.startsWith("wss:") && this.#works.line.online && this.#roots().includes(pem) &&
      this.#roots().length === 1 && this.#tls.caCert === null;
  }

  async #retarget(change: TargetChange): Promise<boolean> {
    const { connection } = this.#works.line;
    if (connection === null) return false;
    try {
      return await connection.retarget(change) === null;
    } catch (error) {
      this.#works.log.error("The connection cannot be changed as the CSMS wants it", { error });
      return false;
    }
  }

  #tlsOptions(): TlsOptions | null {
    if (!this.#tls.enabled) return null;
    const roots = [this.#tls.caCert, ...this.#roots()].filter((pem) => pem !== null && pem !== "");
    return { ...this.#tls, caCert: roots.length === 0 ? null : roots.join("\n") };
  }

  #roots(): readonly string[] {
    return this.#works.services.certificates.roots.pems("CSMSRootCertificate");
  }
}
