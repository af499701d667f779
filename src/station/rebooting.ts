import { deadline } from "../clock/mod.ts";
import type { Charging } from "./charging.ts";
import type { BootReason } from "./spoken.ts";
import type { StopReason } from "./words.ts";
import type { Works } from "./works.ts";

/** What a reboot takes, in real time: it concerns the connection. */
const REBOOT_MS = 3_000;

/** How long a soft reset waits until the CSMS has heard of the transactions that it ended. */
const GOODBYE_MS = 30_000;

/** Reboots: the CSMS's resets, and those that a new firmware needs. */
export class Rebooting {
  readonly #works: Works;
  readonly #charging: Charging;
  #underWay = false;

  constructor(works: Works, charging: Charging) {
    this.#works = works;
    this.#charging = charging;
  }

  /** 1.6 §5.14: soft says goodbye to transactions first, hard tells of them after the boot (§7.40). */
  reset(kind: "soft" | "hard"): void {
    const reason = kind === "soft" ? "SoftReset" : "HardReset";
    void this.#reboot("RemoteReset", kind === "soft", reason);
  }

  /** A new firmware was installed: no transaction is running. */
  afterUpdate(): void {
    void this.#reboot("FirmwareUpdate", true, "Reboot");
  }

  async #reboot(
    reason: BootReason,
    gently: boolean,
    stopReason: StopReason,
  ): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    const { log, clock, line } = this.#works;
    log.info("The station reboots", { reason, gently });
    if (gently) await deadline(clock, GOODBYE_MS, Promise.all(this.#endAll(stopReason)));
    this.#underWay = false;
    line.goDown(reason, REBOOT_MS);
    // What a hard reset ends, or what began in the meantime, is told after the boot.
    this.#endAll(stopReason);
  }

  #endAll(reason: StopReason): Promise<unknown>[] {
    return Array.from(this.#works.all.values(), async (connector) => {
      if (connector.grant !== null) this.#charging.giveUp(connector);
      await this.#charging.end(connector, { reason, trigger: "ResetCommand" });
    });
  }
}
