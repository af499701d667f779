import { resolve } from "node:path";
import type { Clock } from "../clock/mod.ts";
import { describeError, Secret } from "../log/mod.ts";
import type { TryTls } from "./deno_tls.ts";
import { nodeCrypto } from "./node_crypto.ts";
import { certificatesOf, privateKeyOf } from "./pem.ts";
import type { Path } from "./problem.ts";
import { type ReadFile, readOrReason } from "./read_file.ts";
import type { Report } from "./report.ts";
import type { TlsInput } from "./station_schema.ts";
import type { TlsConfig } from "./types.ts";

/** What a {@link TlsReader} works with. */
export interface TlsReaderOptions {
  readonly readFile: ReadFile;
  readonly tryTls: TryTls;
  readonly clock: Pick<Clock, "now">;
  /** Where relative paths start. */
  readonly folder: string;
  readonly report: Report;
}

/** Where a key of the TLS settings was written: at the station, or in the defaults. */
export type TlsKeyPath = (key: keyof TlsInput) => Path;

/** TLS turned off. The runtime's own roots still check a `wss:` server. */
const TLS_OFF: TlsConfig = {
  enabled: false,
  caCert: null,
  clientCert: null,
  clientKey: null,
  insecureSkipVerify: false,
};

/**
 * Turns TLS settings into PEM texts. Each file is read and each set checked once, however many stations
 * name it; the same settings give the same object.
 */
export class TlsReader {
  readonly #options: TlsReaderOptions;
  readonly #sets = new Map<string, TlsConfig>();
  readonly #files = new Map<string, string | null>();
  readonly #keys = new Map<string, Secret>();

  constructor(options: TlsReaderOptions) {
    this.#options = options;
  }

  /** What is wrong goes to the report; the answer is then incomplete. */
  resolve(input: TlsInput, keyPath: TlsKeyPath): TlsConfig {
    if (!input.enabled) return TLS_OFF;
    const { caCert = "", clientCert = "", clientKey = "", insecureSkipVerify = false } = input;
    const name = JSON.stringify([caCert, clientCert, clientKey, insecureSkipVerify]);
    const known = this.#sets.get(name);
    if (known !== undefined) return known;

    const hasPair = this.#checkCombination(input, keyPath);
    const ca = this.#ca(caCert, keyPath("caCert"));
    const cert = this.#clientCertificate(clientCert, keyPath("clientCert"));
    const key = this.#clientKey(clientKey, keyPath("clientKey"));
    if (hasPair && cert !== null && key !== null) this.#checkPair(cert, key, input, keyPath);
    const set: TlsConfig = {
      enabled: true,
      caCert: ca,
      clientCert: cert,
      clientKey: key,
      insecureSkipVerify,
    };
    this.#sets.set(name, set);
    return set;
  }

  /** Whether certificate and key are both named. */
  #checkCombination(input: TlsInput, keyPath: TlsKeyPath): boolean {
    const { complain } = this.#options.report;
    const { clientCert = "", clientKey = "", insecureSkipVerify } = input;
    if (clientCert !== "" && clientKey === "") {
      complain(keyPath("clientKey"), "Is missing: a client certificate needs its private key");
    }
    if (clientKey !== "" && clientCert === "") {
      complain(keyPath("clientCert"), "Is missing: a client key needs its certificate");
    }
    if (insecureSkipVerify && (clientCert !== "" || clientKey !== "")) {
      complain(
        keyPath("insecureSkipVerify"),
        "Must not be true together with a client certificate, a connection can do only one: keep " +
          "the verification and name the certificate of the server's authority as ca_cert, or " +
          "remove client_cert and client_key",
      );
    }
    return clientCert !== "" && clientKey !== "";
  }

  #ca(file: string, at: Path): string | null {
    return this.#once("ca", file, at, (text) => {
      const found = certificatesOf(text);
      if ("reason" in found) return found;
      const reason = this.#reasonAgainst({ caCerts: [found.pem] });
      return reason === null ? found : { reason };
    });
  }

  #clientCertificate(file: string, at: Path): string | null {
    return this.#once("cert", file, at, (text, path) => {
      const found = certificatesOf(text);
      if ("pem" in found) this.#warnOfDates(found.pem, path, at);
      return found;
    });
  }

  #clientKey(file: string, at: Path): Secret | null {
    const pem = this.#once("key", file, at, privateKeyOf);
    if (pem === null) return null;
    const secret = this.#keys.get(pem) ?? new Secret(pem);
    this.#keys.set(pem, secret);
    return secret;
  }

  /** Reads and checks a file in one role; a fault is reported where it is met first. */
  #once(
    role: string,
    file: string,
    at: Path,
    check: (text: string, path: string) => { pem: string } | { reason: string },
  ): string | null {
    if (file === "") return null;
    const path = resolve(this.#options.folder, file);
    const name = `${role} ${path}`;
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const read = readOrReason(this.#options.readFile, path);
    const found = "reason" in read ? read : check(read.text, path);
    if ("reason" in found) {
      this.#options.report.complain(at, `Cannot use "${path}": ${found.reason}`);
    }
    const pem = "pem" in found ? found.pem : null;
    this.#files.set(name, pem);
    return pem;
  }

  #checkPair(cert: string, key: Secret, input: TlsInput, keyPath: TlsKeyPath): void {
    const reason = this.#reasonAgainst({ cert, key: key.reveal() });
    if (reason === null) return;
    const blamed = /certificate/i.test(reason) ? "clientCert" : "clientKey";
    const mismatch = "the key does not belong to the first certificate in client_cert";
    this.#options.report.complain(
      keyPath(blamed),
      `Cannot use "${resolve(this.#options.folder, input[blamed] ?? "")}": ${
        reason.includes("KeyMismatch") ? mismatch : reason
      }`,
    );
  }

  #reasonAgainst(material: Parameters<TryTls>[0]): string | null {
    try {
      this.#options.tryTls(material);
      return null;
    } catch (thrown) {
      return describeError(thrown);
    }
  }

  #warnOfDates(pem: string, path: string, at: Path): void {
    try {
      const { validFrom, validTo } = new (nodeCrypto().X509Certificate)(pem);
      const now = this.#options.clock.now();
      const [from, to] = [new Date(validFrom), new Date(validTo)];
      const warn = (what: string) => this.#options.report.warn(at, `"${path}" ${what}`);
      if (to.getTime() < now) warn(`expired at ${to.toISOString()}`);
      if (from.getTime() > now) warn(`is not valid before ${from.toISOString()}`);
    } catch {
      // What is no certificate at all is found when it is tried together with its key.
    }
  }
}
