import "../../support/reflect_metadata.ts";
import * as x509 from "@peculiar/x509";
import { VirtualClock } from "../../../src/clock/mod.ts";
import { Gate } from "../../../src/connection/gate.ts";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import {
  type CertificateHost,
  type CertificateRules,
  Certificates,
  type ClientIdentity,
} from "../../../src/station/service/certificates.ts";
import type { FirmwareImage } from "../../../src/station/service/fetch_firmware.ts";
import type { FirmwareHost } from "../../../src/station/service/firmware_updates.ts";
import type { LogHost } from "../../../src/station/service/log_uploads.ts";
import { Memories } from "../../../src/station/memory/memories.ts";
import { SecurityEvents } from "../../../src/station/service/security_events.ts";
import { Transfers } from "../../../src/station/service/transfers.ts";
import type { Kind, Said, Spoken } from "../../../src/station/spoken.ts";
import { FakeStore } from "../../support/fake_store.ts";

/** A station as its services see it: it writes down what they do, and answers as it is told. */
export class FakeHost implements CertificateHost, FirmwareHost, LogHost {
  readonly id = "CP 1/ä";
  readonly identity = {
    vendor: "V",
    model: "M",
    serialNumber: "SN-1",
    firmwareVersion: "1.0",
    iccid: null,
    imsi: null,
  };
  readonly clock = new VirtualClock(Date.now());
  readonly lines: string[] = [];
  readonly log = createLog({
    level: "debug",
    format: "text",
    sink: memorySink(this.lines),
    clock: this.clock,
  });
  readonly transfers = new Transfers(this.clock, new Gate(2));
  readonly memory = new Memories(new FakeStore(), this.clock).of("CP1");
  readonly securityEvents = new SecurityEvents(this, this.memory);
  readonly certificates = new Certificates(this, this.memory);
  /** Everything that was said, in order. */
  readonly said: { readonly kind: Kind; readonly event: unknown }[] = [];
  /** What was done to the station, in order. */
  readonly deeds: string[] = [];
  readonly adopted: ClientIdentity[] = [];
  rules: CertificateRules = {
    cpoName: "ACME Charging",
    storeMaxLength: 3,
    additionalRootCheck: false,
    maxChainSize: 10_000,
  };
  inUse: string | null = null;
  outcome: ReturnType<FirmwareHost["installs"]> = "Installed";
  idle: Promise<void> = Promise.resolve();
  trusted: readonly string[] = [];
  collected = "the lines\n";
  answer: (kind: Kind) => Said<unknown> = (kind) => answered(kind === "signCertificate");
  readonly #waiters = new Set<() => void>();

  now(): number {
    return this.clock.now();
  }

  say = <K extends Kind>(kind: K, event: Spoken[K]["event"]) => {
    this.said.push({ kind, event });
    for (const look of this.#waiters) look();
    return Promise.resolve(this.answer(kind) as Said<Spoken[K]["answer"]>);
  };

  /** The statuses of firmware or of logs, with what they are about. */
  statuses(kind: "firmwareStatus" | "logStatus" = "firmwareStatus"): string[] {
    return this.said.filter((one) => one.kind === kind)
      .map(({ event }) => (event as { status: string }).status);
  }

  /** The types of the security events that were said. */
  events(): string[] {
    return this.said.filter(({ kind }) => kind === "securityEvent")
      .map(({ event }) => (event as { type: string }).type);
  }

  /** Resolves once something was said for the `count`-th time: a status, a type of event or a kind. */
  heard(what: string, count = 1): Promise<void> {
    const isThere = () =>
      this.said.filter(({ kind, event }) => {
        const { status, type } = (event ?? {}) as { status?: string; type?: string };
        return [kind, status, type].includes(what);
      }).length >= count;
    return new Promise((resolve) => {
      const look = () => {
        if (!isThere()) return;
        this.#waiters.delete(look);
        resolve();
      };
      this.#waiters.add(look);
      look();
    });
  }

  certificateRules() {
    return this.rules;
  }
  isInUse(pem: string) {
    return pem === this.inUse;
  }
  rootsChanged() {
    this.deeds.push("rootsChanged");
  }
  adopt(identity: ClientIdentity) {
    this.adopted.push(identity);
  }
  caCerts() {
    return this.trusted;
  }
  collectLog(kind: string, from: number | null, to: number | null) {
    this.deeds.push(`collect ${kind} ${from} ${to}`);
    return this.collected;
  }
  closeConnectors(closed: boolean) {
    this.deeds.push(closed ? "close" : "open");
  }
  untilIdle(signal: AbortSignal) {
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener("abort", () => resolve(), { once: true })
    );
    return Promise.race([this.idle, aborted]);
  }
  installs(image: FirmwareImage) {
    this.deeds.push(`install ${image.bytes}`);
    return this.outcome;
  }
  reboot(version: string | null): Promise<void> {
    this.deeds.push(`reboot ${version}`);
    return Promise.resolve();
  }
}

/** The CSMS said so. */
export function answered(answer: unknown = undefined): Said<unknown> {
  return { kind: "answered", answer, action: "", payload: {} };
}

export const OFFLINE: Said<unknown> = { kind: "offline", message: "There is no connection" };

/** An HTTP server on a free port of this machine. */
export interface TestServer extends AsyncDisposable {
  /** Ends without a slash. */
  readonly url: string;
  readonly requests: { method: string; url: URL; headers: Headers; body: string }[];
}

/** Answers with `answer`, and writes down what it was asked. */
export function serve(
  answer: (request: Request, count: number) => Response | Promise<Response>,
): TestServer {
  const requests: TestServer["requests"] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const body = await request.text();
    requests.push({
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body,
    });
    return await answer(request, requests.length);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
};
const HOUR_MS = 3_600_000;

/** What a test authority writes into a certificate. */
export interface SignOptions {
  readonly subject?: string;
  /** Hours from now. */
  readonly from?: number;
  /** Hours from now. */
  readonly to?: number;
  readonly isCa?: boolean;
  readonly serialNumber?: string;
}

/** An authority that signs what it is given, right or wrong. */
export class TestCa {
  readonly certificate: x509.X509Certificate;
  readonly #keys: CryptoKeyPair;

  private constructor(certificate: x509.X509Certificate, keys: CryptoKeyPair) {
    this.certificate = certificate;
    this.#keys = keys;
  }

  get pem(): string {
    return `${this.certificate.toString("pem")}\n`;
  }

  static async make(name = "CN=Root", options: SignOptions = {}): Promise<TestCa> {
    const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name,
      keys,
      signingAlgorithm: EC,
      ...details({ isCa: true, ...options }),
    });
    return new TestCa(certificate, keys);
  }

  async sign(publicKey: x509.PublicKeyType, options: SignOptions = {}): Promise<string> {
    const certificate = await x509.X509CertificateGenerator.create({
      subject: options.subject ?? "CN=SN-1, O=ACME Charging",
      issuer: this.certificate.subject,
      publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: EC,
      ...details(options),
    });
    return `${certificate.toString("pem")}\n`;
  }

  /** Signs what a PKCS #10 request asks for. */
  async signRequest(csr: string, options: SignOptions = {}): Promise<string> {
    const request = new x509.Pkcs10CertificateRequest(csr);
    return await this.sign(request.publicKey, options);
  }

  /** An authority below this one. */
  async makeSub(subject: string): Promise<TestCa> {
    const keys = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
    const pem = await this.sign(keys.publicKey, { subject, isCa: true });
    return new TestCa(new x509.X509Certificate(pem), keys);
  }

  /** A certificate with a key (PKCS #8 PEM) that signs firmware. */
  async makeSigner(
    kind: "ec" | "rsa",
    options: SignOptions = {},
  ): Promise<{ certificate: string; key: string }> {
    const keys = kind === "ec"
      ? await crypto.subtle.generateKey(EC, true, ["sign", "verify"])
      : await crypto.subtle.generateKey(RSA, true, ["sign", "verify"]);
    const der = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
      certificate: await this.sign(keys.publicKey, { subject: "CN=Firmware", ...options }),
      key: x509.PemConverter.encode(der, "PRIVATE KEY"),
    };
  }
}

function details({ from = -1, to = 24, isCa = false, serialNumber }: SignOptions) {
  return {
    notBefore: new Date(Date.now() + from * HOUR_MS),
    notAfter: new Date(Date.now() + to * HOUR_MS),
    serialNumber,
    extensions: [new x509.BasicConstraintsExtension(isCa, undefined, true)],
  };
}
