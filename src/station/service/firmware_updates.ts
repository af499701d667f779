import { describeError } from "../../log/mod.ts";
import type { Charger } from "../charger.ts";
import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { FirmwareStatus } from "../spoken.ts";
import type { Certificates } from "./certificates.ts";
import {
  fetchFirmware,
  type FetchPorts,
  type FirmwareImage,
  type FirmwareRequest,
} from "./fetch_firmware.ts";
import { readSigningCertificate } from "./firmware_signature.ts";
import type { SecurityEvents } from "./security_events.ts";

/** The answer to a request; `begin` is for after the answer, and does nothing for one that was refused. */
export interface FirmwareAnswer {
  readonly status: "Accepted" | "AcceptedCanceled" | "InvalidCertificate" | "Rejected";
  readonly begin: () => void;
}

/** What {@link FirmwareUpdates} need of their station. */
export interface FirmwareHost extends FetchPorts {
  readonly certificates: Pick<Certificates, "roots">;
  readonly securityEvents: Pick<SecurityEvents, "raise">;
  readonly say: Charger["say"];
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  /** While it is closed, connectors that are not in use are Unavailable (L01.FR.07). */
  closeConnectors(closed: boolean): void;
  /** Resolves once no transaction runs, at once when none does, or when the signal is aborted. */
  untilIdle(signal: AbortSignal): Promise<void>;
  /** How the installation ends: a fault that somebody wants to see is decided here. */
  installs(image: FirmwareImage): "Installed" | "InstallationFailed" | "InstallVerificationFailed";
  /**
   * Boots with the reason FirmwareUpdate, and with another firmware version unless it is `null`.
   * Resolves once the CSMS has accepted the boot, or when the signal is aborted.
   */
  reboot(version: string | null, signal: AbortSignal): Promise<void>;
}

/** The update of now, or the last one. Plain JSON. */
export interface FirmwareJob {
  readonly request: FirmwareRequest;
  readonly status: FirmwareStatus;
  /** Whether the CSMS has heard of that status. */
  readonly isSaid: boolean;
}

/** How long the installation takes, on any station. */
const INSTALL_MS = 5_000;

/** After these nothing more is done. */
const OVER: ReadonlySet<FirmwareStatus> = new Set([
  "DownloadFailed",
  "InstallationFailed",
  "InstallVerificationFailed",
  "Installed",
  "InvalidSignature",
]);

/** From here on a newer request comes too late (L01.FR.27). */
const COMMITTED: readonly FirmwareStatus[] = ["Installing", "InstallRebooting"];

/**
 * Fetches and installs firmware: 1.6 §5.19 (UpdateFirmware), whitepaper and 2.x L01 and L02.
 *
 * ```text
 *  DownloadScheduled ─▶ Downloading ─▶ Downloaded ─▶ SignatureVerified ─▶ InstallScheduled ─┐
 *                            ▼              ▼                                               │
 *                      DownloadFailed  InvalidSignature      wait until nothing charges ◀───┘
 *                                                                       ▼
 *  Installed ◀─ (boot) ◀─ InstallRebooting ◀─────────────────────── Installing
 *                                   InstallationFailed, InstallVerificationFailed ◀┘
 * ```
 */
export class FirmwareUpdates {
  readonly #host: FirmwareHost;
  readonly #kept: Cell<FirmwareJob | null>;
  /** Of the update that is under way. */
  #stop: AbortController | null = null;

  constructor(host: FirmwareHost, memory: Remembering = FORGETFUL) {
    this.#host = host;
    this.#kept = new Cell<FirmwareJob | null>(memory, "firmware", null);
  }

  /** What is being done, or was done last; `null`: nothing ever was. */
  get job(): FirmwareJob | null {
    return this.#kept.value;
  }

  /**
   * Takes up what was under way when the program ended: an update begins anew, but for one that only had
   * to boot. The CSMS hears of it as soon as it can be reached.
   */
  wake(): void {
    const { job } = this;
    if (job === null || OVER.has(job.status)) return;
    this.#host.log.info(`A firmware update was cut short: ${job.status}`);
    if (job.status !== "InstallRebooting") return void this.#begin(job.request);
    this.#kept.value = { ...job, status: "Installed", isSaid: false };
    this.#host.securityEvents.raise("FirmwareUpdated");
  }

  /** What a triggered message says: the last status, or Idle after the end of a good update (L01.FR.28). */
  get current(): { readonly status: FirmwareStatus; readonly requestId: number | null } {
    const { job } = this;
    if (job === null || job.status === "Installed") return { status: "Idle", requestId: null };
    return { status: job.status, requestId: job.request.requestId };
  }

  /** Judges a request. A newer one ends an older one, unless that installs already (L01.FR.26, 27). */
  prepare(request: FirmwareRequest): FirmwareAnswer {
    const refused = (status: FirmwareAnswer["status"]) => ({ status, begin() {} });
    const { log, securityEvents } = this.#host;
    if (this.#stop !== null && this.job !== null && COMMITTED.includes(this.job.status)) {
      log.warn("Cannot begin a firmware update: another is being installed");
      return refused("Rejected");
    }
    const reason = this.#distrust(request);
    if (reason !== null) {
      log.warn(`Cannot trust the certificate of a firmware: ${reason}`);
      securityEvents.raise("InvalidFirmwareSigningCertificate", reason);
      return refused("InvalidCertificate");
    }
    const status = this.#stop === null ? "Accepted" : "AcceptedCanceled";
    return { status, begin: () => void this.#begin(request) };
  }

  /** The CSMS can be reached again: it hears of the status that it missed. */
  connected(): void {
    if (this.job !== null && !this.job.isSaid) void this.#say(this.job);
  }

  /** Ends what is under way, without a word. */
  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  /** Why the certificate of a signed firmware must not be used. */
  #distrust({ signing }: FirmwareRequest): string | null {
    if (signing === null) return null;
    const roots = this.#host.certificates.roots.trusted("ManufacturerRootCertificate");
    const read = readSigningCertificate(signing.certificate, roots, this.#host.now());
    return "reason" in read ? read.reason : null;
  }

  async #begin(request: FirmwareRequest): Promise<void> {
    this.stop();
    const stop = this.#stop = new AbortController();
    const run = { request, signal: stop.signal };
    try {
      await this.#update(run);
    } catch (error) {
      this.#host.log.error("The firmware update failed", { error: describeError(error) });
      await this.#enter(run, "InstallationFailed");
    } finally {
      if (this.#stop === stop) this.#stop = null;
    }
  }

  async #update(run: Run): Promise<void> {
    const { request, signal } = run;
    await this.#wait(run, request.retrieveAt, "DownloadScheduled");
    await this.#enter(run, "Downloading");
    const fetched = signal.aborted ? null : await fetchFirmware(request, this.#host, signal);
    if (fetched === null) return await this.#enter(run, "DownloadFailed");
    const { image, isAuthentic } = fetched;
    await this.#enter(run, "Downloaded");
    if (!isAuthentic) {
      this.#host.securityEvents.raise("InvalidFirmwareSignature", `SHA-256: ${image.sha256}`);
      return await this.#enter(run, "InvalidSignature");
    }
    if (request.signing !== null) await this.#enter(run, "SignatureVerified");
    if (request.installAt !== null) await this.#wait(run, request.installAt, "InstallScheduled");
    if (signal.aborted) return;
    this.#host.closeConnectors(true);
    try {
      await this.#host.untilIdle(signal);
      await this.#install(run, image);
    } finally {
      this.#host.closeConnectors(false);
    }
  }

  async #install(run: Run, image: FirmwareImage): Promise<void> {
    const { clock, log, securityEvents } = this.#host;
    await this.#enter(run, "Installing");
    await clock.sleep(INSTALL_MS, run.signal);
    if (run.signal.aborted) return;
    const outcome = this.#host.installs(image);
    if (outcome === "Installed") {
      await this.#enter(run, "InstallRebooting");
      if (!run.signal.aborted) await this.#host.reboot(image.version, run.signal);
      if (run.signal.aborted) return;
      securityEvents.raise("FirmwareUpdated", image.version);
    } else {
      log.warn("The firmware was fetched and could not be installed", { outcome });
    }
    await this.#enter(run, outcome);
  }

  /** Waits for a time, and says so if it lies ahead. */
  async #wait(run: Run, at: number, status: FirmwareStatus): Promise<void> {
    const waitMs = at - this.#host.now();
    if (waitMs <= 0) return;
    await this.#enter(run, status);
    await this.#host.clock.sleep(waitMs, run.signal);
  }

  /** A new state (L01.FR.01), unless the update was called off. */
  async #enter({ request, signal }: Run, status: FirmwareStatus): Promise<void> {
    if (signal.aborted) return;
    const job = this.#kept.value = { request, status, isSaid: false };
    this.#host.log.info(`Firmware: ${status}`, { requestId: request.requestId });
    await this.#say(job);
  }

  /** Remembers what a CSMS that cannot be reached now is still to hear. */
  async #say(job: FirmwareJob): Promise<void> {
    const { status, request: { requestId } } = job;
    const { kind } = await this.#host.say("firmwareStatus", { status, requestId });
    const isSaid = kind !== "offline" && kind !== "timeout";
    if (isSaid && this.job === job) this.#kept.value = { ...job, isSaid };
  }
}

/** One update on its way. */
interface Run {
  readonly request: FirmwareRequest;
  readonly signal: AbortSignal;
}
