import type { Cancel } from "../clock/mod.ts";
import type { Connector } from "./connector.ts";
import type { Works } from "./works.ts";
import type { ReadingContext, Sample } from "./words.ts";

/**
 * Readings as they are configured: every MeterValueSampleInterval of a running transaction (simulated
 * time: that is what a meter does), and at the marks of ClockAlignedDataInterval for every connector
 * (the time of day: that is what the mark means).
 */
export class Metering {
  readonly #works: Works;
  #alignedTimer: Cancel | null = null;

  constructor(works: Works) {
    this.#works = works;
  }

  /** A transaction begins: its first reading is taken, and the next is planned. */
  begin(connector: Connector): readonly Sample[] {
    this.#keep(connector, "Transaction.Begin");
    this.restart(connector);
    return [this.read(connector, "meterValuesSampledData", "Transaction.Begin")];
  }

  /** A transaction ends: everything that is to be said of its course. */
  end(connector: Connector): readonly Sample[] {
    connector.sampleTimer?.();
    connector.sampleTimer = null;
    this.#keep(connector, "Transaction.End");
    return connector.transaction?.data ?? [];
  }

  /** The interval changed, or a transaction began. */
  restart(connector: Connector): void {
    connector.sampleTimer?.();
    connector.sampleTimer = null;
    const seconds = this.#works.settings.get("meterValueSampleInterval");
    if (seconds === 0 || connector.transaction === null) return;
    connector.sampleTimer = this.#works.simulated.after(seconds * 1000, () => {
      this.restart(connector);
      // Intervals of both readings end at the same moment.
      const at = this.#works.now();
      this.#keepIf(connector, "stopTxnSampledData", "Sample.Periodic", at);
      const sample = this.read(connector, "meterValuesSampledData", "Sample.Periodic", at);
      if (sample.readings.length > 0) {
        this.#works.charging.updated(connector, "MeterValuePeriodic", [sample]);
      }
    });
  }

  /** Plans the next mark. Called when the boot is accepted and when the interval changes. */
  align(): void {
    this.stop();
    const intervalMs = this.#works.settings.get("clockAlignedDataInterval") * 1000;
    if (intervalMs === 0) return;
    // Marks are counted from midnight (1.6 §9.1.7).
    const intoDay = (this.#works.now() + EARLY_MS) % DAY_MS;
    const next = Math.min(DAY_MS, (Math.floor(intoDay / intervalMs) + 1) * intervalMs);
    this.#alignedTimer = this.#works.clock.after(next - intoDay + EARLY_MS, () => {
      this.#mark();
      this.align();
    });
  }

  stop(): void {
    this.#alignedTimer?.();
    this.#alignedTimer = null;
  }

  /** What the meter reads of the measurands that a setting lists. */
  read(
    connector: Connector,
    setting: Measured,
    context: ReadingContext,
    at = this.#works.now(),
  ): Sample {
    const measurands = this.#works.settings.get(setting);
    return this.#works.meterOf(connector).read(measurands, context, at);
  }

  #mark(): void {
    const at = this.#works.now();
    for (const connector of this.#works.all.values()) {
      this.#keepIf(connector, "stopTxnAlignedData", "Sample.Clock", at);
      const sample = this.read(connector, "meterValuesAlignedData", "Sample.Clock", at);
      if (sample.readings.length === 0) continue;
      if (connector.transaction !== null) {
        this.#works.charging.updated(connector, "MeterValueClock", [sample]);
      } else {
        void this.#works.say("meterValues", { connectorId: connector.id, samples: [sample] });
      }
    }
  }

  /** Begin and end belong to the data of a transaction when anything of its course does. */
  #keep(connector: Connector, context: ReadingContext): void {
    const { settings } = this.#works;
    if (settings.get("stopTxnSampledData").length > 0) {
      this.#keepIf(connector, "stopTxnSampledData", context);
    } else this.#keepIf(connector, "stopTxnAlignedData", context);
  }

  #keepIf(connector: Connector, setting: Measured, context: ReadingContext, at?: number): void {
    if (connector.transaction === null || this.#works.settings.get(setting).length === 0) return;
    connector.transaction.keep(this.read(connector, setting, context, at));
  }
}

const DAY_MS = 24 * 3_600_000;

/** A timer that rings a little early by the wall clock must not meet the same mark again. */
const EARLY_MS = 50;

/** The settings that list measurands. */
type Measured =
  | "meterValuesAlignedData"
  | "meterValuesSampledData"
  | "stopTxnAlignedData"
  | "stopTxnSampledData";
