import { type Cancel, deadline } from "../clock/mod.ts";
import type { ResetKind } from "./charger.ts";
import type { Charging } from "./transactions/charging.ts";
import type { Connector } from "./connector.ts";
import type { BootReason } from "./spoken.ts";
import type { StopReason } from "./words.ts";
import type { Works } from "./works.ts";

/** What a reboot takes, in real time: it concerns the connection. */
const REBOOT_MS = 3_000;

/** How long a reset waits until the CSMS has heard of the transactions that it ended. */
const GOODBYE_MS = 30_000;

/** Why transactions end with a reset, in the words of its version; `null`: they go on. */
const STOP_REASONS = {
  hard: "HardReset",
  idle: "ImmediateReset",
  immediate: "ImmediateReset",
  resume: null,
  soft: "SoftReset",
} as const satisfies Record<ResetKind, StopReason | null>;

/** Reboots: the CSMS's resets of the station or one EVSE, and those that a new firmware needs. */
export class Rebooting {
  readonly #works: Works;
  readonly #charging: Charging;
  #underWay = false;
  /** What is reset once it is not in use, 0 being the station. Made when there is something. */
  #awaited: Set<number> | null = null;
  /** What is away for a moment, 0 being all. Made when something is. */
  #away: Map<number, Cancel> | null = null;

  constructor(works: Works, charging: Charging) {
    this.#works = works;
    this.#charging = charging;
  }

  /**
   * 1.6 §5.14: soft says goodbye to transactions first, hard tells of them after the boot (§7.40). 2.x B11,
   * B12: at once, when nothing is in use, or with transactions that go on (2.1 B13).
   * @param connectorId one EVSE only; `null`: the station
   */
  reset(kind: ResetKind, connectorId: number | null = null): void {
    const connectors = this.#of(connectorId);
    if (kind === "idle" && connectors.some(({ isInUse }) => isInUse)) {
      (this.#awaited ??= new Set()).add(connectorId ?? 0);
      // Nobody else begins meanwhile (B12).
      this.#works.closeConnectors(true, connectors);
      this.#works.log.info("A reset waits until nothing is in use", { connector: connectorId });
      return;
    }
    this.#now(kind, connectorId, "RemoteReset");
  }

  /** A new firmware was installed: no transaction is running. */
  afterUpdate(): void {
    void this.#reboot("FirmwareUpdate", { gently: true, stopReason: "Reboot" });
  }

  /** A use is over: what waited for that is done. */
  look(): void {
    for (const id of this.#awaited ?? []) {
      const connectorId = id === 0 ? null : id;
      if (this.#of(connectorId).some(({ isInUse }) => isInUse)) continue;
      this.#now("idle", connectorId, "ScheduledReset");
    }
  }

  stop(): void {
    for (const cancel of this.#away?.values() ?? []) cancel();
    this.#away = null;
  }

  #now(kind: ResetKind, connectorId: number | null, reason: BootReason): void {
    if (connectorId !== null) return this.#resetOne(kind, connectorId);
    const stopReason = STOP_REASONS[kind];
    void this.#reboot(reason, { gently: kind !== "hard", stopReason });
  }

  /** One EVSE: it is out of service for a moment (B11, B12), and the station stays. */
  #resetOne(kind: ResetKind, connectorId: number): void {
    const connectors = this.#of(connectorId);
    const stopReason = STOP_REASONS[kind];
    this.#works.log.info("An EVSE is reset", { connector: connectorId, kind });
    const opens = this.#stopWaiting(connectorId);
    if (stopReason === null) this.#suspend(connectors);
    else void this.#endAll(stopReason, connectors);
    if (stopReason !== null && !opens) this.#works.closeConnectors(true, connectors);
    this.#comeBack(connectorId, () => {
      if (stopReason === null) this.#resume(connectors);
      else this.#works.closeConnectors(false, connectors);
    });
  }

  async #reboot(
    reason: BootReason,
    { gently, stopReason }: { readonly gently: boolean; readonly stopReason: StopReason | null },
  ): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    const { log, clock, line } = this.#works;
    log.info("The station reboots", { reason, gently });
    const connectors = this.#of(null);
    const end = () =>
      stopReason === null ? this.#suspend(connectors) : this.#endAll(stopReason, connectors);
    // What ended a moment ago, and called for this, is said too.
    const goodbye = () => Promise.all([...end(), line.outbox.tried()]);
    if (gently) await deadline(clock, GOODBYE_MS, goodbye());
    this.#underWay = false;
    line.goDown(reason, REBOOT_MS);
    if (this.#stopWaiting(0)) this.#works.closeConnectors(false, connectors);
    // What a hard reset ends, or what began in the meantime, is told after the boot.
    if (stopReason !== null) this.#endAll(stopReason, connectors);
    else this.#comeBack(0, () => this.#resume(connectors));
  }

  /** Whether a reset waited for this, which is over now: that of the station is one of all. */
  #stopWaiting(id: number): boolean {
    const waited = id === 0 ? this.#awaited !== null : this.#awaited?.delete(id) ?? false;
    if (id === 0 || this.#awaited?.size === 0) this.#awaited = null;
    return waited;
  }

  #comeBack(id: number, run: () => void): void {
    const away = this.#away ??= new Map();
    away.get(id)?.();
    const back = () => {
      away.delete(id);
      run();
    };
    away.set(id, this.#works.clock.after(REBOOT_MS, back));
  }

  #of(connectorId: number | null): readonly Connector[] {
    const all = [...this.#works.all.values()];
    return connectorId === null ? all : all.filter(({ id }) => id === connectorId);
  }

  #endAll(reason: StopReason, connectors: readonly Connector[]): Promise<unknown>[] {
    return connectors.map(async (connector) => {
      if (connector.grant !== null) this.#charging.giveUp(connector);
      await this.#charging.end(connector, { reason, trigger: "ResetCommand" });
    });
  }

  #suspend(connectors: readonly Connector[]): Promise<unknown>[] {
    return connectors.map(async (connector) => {
      const { transaction } = connector;
      if (transaction === null) return;
      this.#works.flow.stop(connector);
      if (transaction.chargingState === "Charging") transaction.chargingState = "SuspendedEVSE";
      await this.#charging.updated(connector, "ResetCommand", []);
    });
  }

  #resume(connectors: readonly Connector[]): void {
    for (const connector of connectors) {
      void this.#charging.updated(connector, "TxResumed", []);
      this.#works.flow.look(connector);
    }
  }
}
