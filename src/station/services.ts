import { Monitoring } from "./device_model/monitoring.ts";
import { Facilities } from "./facilities.ts";
import { Certificates } from "./service/certificates.ts";
import { FirmwareUpdates } from "./service/firmware_updates.ts";
import { LogUploads } from "./service/log_uploads.ts";
import { SecurityEvents } from "./service/security_events.ts";
import type { Station } from "./station.ts";
import type { StationWorld } from "./station_options.ts";
import { installFirmware } from "./survival.ts";

/** What serves a station: firmware, logs, certificates and monitors, each made when it is first needed. */
export class Services {
  readonly #station: Station;
  readonly #world: Pick<StationWorld, "logbook" | "transfers">;
  #securityEvents: SecurityEvents | null = null;
  #certificates: Certificates | null = null;
  #firmware: FirmwareUpdates | null = null;
  #logs: LogUploads | null = null;
  #monitoring: Monitoring | null = null;
  #facilities: Facilities | null = null;
  /** Who waits until no transaction runs. */
  #idle: (() => void)[] = [];
  /** Who waits until the CSMS has accepted a boot. */
  #booted: (() => void)[] = [];

  constructor(station: Station, world: Pick<StationWorld, "logbook" | "transfers">) {
    this.#station = station;
    this.#world = world;
  }

  get securityEvents(): SecurityEvents {
    return this.#securityEvents ??= new SecurityEvents(this.#station, this.#station.memory);
  }

  get certificates(): Certificates {
    const station = this.#station;
    return this.#certificates ??= new Certificates({
      id: station.id,
      identity: station.identity,
      log: station.log,
      clock: station.clock,
      securityEvents: this.securityEvents,
      say: (kind, event) => station.say(kind, event),
      now: () => station.now(),
      certificateRules: () => ({
        cpoName: station.settings.get("cpoName"),
        storeMaxLength: station.settings.get("certificateStoreMaxLength"),
        additionalRootCheck: station.settings.get("additionalRootCertificateCheck"),
        maxChainSize: station.settings.get("certificateSignedMaxChainSize"),
      }),
      isInUse: (pem) => station.network.isInUse(pem),
      rootsChanged: () => void station.network.rootsChanged(),
      adopt: (identity) => void station.network.adopt(identity),
    }, station.memory);
  }

  get facilities(): Facilities {
    return this.#facilities ??= new Facilities(this.#station, {
      transfers: this.#world.transfers,
      caCerts: () => this.#caCerts(),
    });
  }

  get monitoring(): Monitoring {
    return this.#monitoring ??= new Monitoring(this.#station, this.#station.memory);
  }

  /** `null`: nobody ever wanted anything of {@link Services.monitoring}. */
  get watched(): Monitoring | null {
    return this.#monitoring;
  }

  get firmware(): FirmwareUpdates {
    const station = this.#station;
    return this.#firmware ??= new FirmwareUpdates({
      log: station.log,
      clock: station.clock,
      transfers: this.#world.transfers,
      certificates: this.certificates,
      securityEvents: this.securityEvents,
      say: (kind, event) => station.say(kind, event),
      now: () => station.now(),
      caCerts: () => this.#caCerts(),
      closeConnectors: (closed) => station.availability.close(closed),
      untilIdle: (signal) => until(this.#idle, signal, this.#isIdle()),
      // A tester who wants to see a failure names it in the location.
      installs: () => {
        const location = this.#firmware?.job?.request.location ?? "";
        return INSTALL_FAULTS.find((fault) => location.includes(fault)) ?? "Installed";
      },
      reboot: async (version, signal) => {
        if (version !== null) {
          installFirmware(station.memory, station.config.firmwareVersion, version);
          station.identity = { ...station.identity, firmwareVersion: version };
        }
        station.rebooting.afterUpdate();
        await until(this.#booted, signal);
      },
    }, station.memory);
  }

  get logs(): LogUploads {
    const station = this.#station;
    return this.#logs ??= new LogUploads({
      id: station.id,
      log: station.log,
      clock: station.clock,
      transfers: this.#world.transfers,
      say: (kind, event) => station.say(kind, event),
      now: () => station.now(),
      caCerts: () => this.#caCerts(),
      collectLog: (kind, from, to) =>
        kind === "SecurityLog"
          ? this.securityEvents.lines(from, to)
          : this.#world.logbook.collect(station.id, from, to),
    });
  }

  /** Takes up what was under way when the program ended: only what had something to remember is made. */
  wake(): void {
    const { memory, network } = this.#station;
    const { identity } = network.record;
    if (identity !== null) this.certificates.own.wake(identity.certificate);
    if (memory.read("firmware") !== undefined) this.firmware.wake();
    if (memory.read("securityEvents") !== undefined) void this.securityEvents;
    const watches = ["monitoring", "events"] as const;
    if (watches.some((part) => memory.read(part) !== undefined)) void this.monitoring;
    this.facilities.wake();
  }

  /** The CSMS has accepted a boot. */
  bootAccepted(): void {
    wake(this.#booted);
    this.connected();
  }

  /** The CSMS can be reached again: it hears what it missed. */
  connected(): void {
    void this.#securityEvents?.flush();
    void this.#monitoring?.events.flush();
    this.#firmware?.connected();
    this.#logs?.connected();
    this.#facilities?.connected();
  }

  /** A transaction ended. */
  transactionEnded(): void {
    if (this.#isIdle()) wake(this.#idle);
  }

  stop(): void {
    this.#firmware?.stop();
    this.#logs?.stop();
    this.#facilities?.stop();
    this.#monitoring?.stop();
    this.#certificates?.own.stop();
  }

  #isIdle(): boolean {
    return [...this.#station.all.values()].every(({ isInUse }) => !isInUse);
  }

  #caCerts(): readonly string[] {
    const { caCert } = this.#station.config.tls;
    const own = this.#certificates?.roots.pems("CSMSRootCertificate") ?? [];
    return caCert === null ? own : [caCert, ...own];
  }
}

const INSTALL_FAULTS = ["InstallationFailed", "InstallVerificationFailed"] as const;

/** Waits in a list, unless `holds` says that there is nothing to wait for. */
function until(waiting: (() => void)[], signal: AbortSignal, holds = false): Promise<void> {
  if (signal.aborted || holds) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      signal.removeEventListener("abort", done);
      if (waiting.includes(done)) waiting.splice(waiting.indexOf(done), 1);
      resolve();
    };
    waiting.push(done);
    signal.addEventListener("abort", done, { once: true });
  });
}

function wake(waiting: (() => void)[]): void {
  for (const done of [...waiting]) done();
}
