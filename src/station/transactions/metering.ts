import type { Cancel } from "../../clock/mod.ts";
import type { Connector } from "../connector.ts";
import type { Works } from "../works.ts";
import type { ReadingContext, Sample } from "../words.ts";

/**
 * Readings as they are configured: every MeterValueSampleInterval of a running transaction (simulated
 * time: that is what a meter does), and at the marks of ClockAlignedDataInterval for every connector
 * (the time of day: that is what the mark means). What the end of a transaction tells is kept when such a
 * reading is sent (1.6), or at intervals of its own (2.x J02).
 */
export class Metering {
  readonly #works: Works;
  #alignedTimer: Cancel | null = null;
  /** The next mark at which something is kept for the end of transactions. */
  #endedTimer: Cancel | null = null;

  constructor(works: Works) {
    this.#works = works;
  }

  /** A transaction begins: its first reading is taken, and the next is planned. */
  begin(connector: Connector): readonly Sample[] {
    this.#keep(connector, "Transaction.Begin");
    this.restart(connector);
    const sample = this.read(connector, "txStartedSampledData", "Transaction.Begin");
    return sample.readings.length === 0 ? [] : [sample];
  }

  /** A transaction ends: everything that is to be said of its course. */
  end(connector: Connector): readonly Sample[] {
    stopTimers(connector);
    this.#keep(connector, "Transaction.End");
    const { settings } = this.#works;
    const sampled = settings.get("stopTxnSampledData").length > 0;
    const aligned = settings.get("stopTxnAlignedData").length > 0;
    // What was read for a list that was emptied meanwhile is not wanted any more.
    return (connector.transaction?.data ?? []).filter(({ context }) =>
      context === "Sample.Periodic"
        ? sampled
        : context === "Sample.Clock"
        ? aligned
        : sampled || aligned
    );
  }

  /** An interval changed, or a transaction began. */
  restart(connector: Connector): void {
    stopTimers(connector);
    this.#sampleLater(connector);
    this.#keepLater(connector);
  }

  #sampleLater(connector: Connector): void {
    const seconds = this.#works.settings.get("meterValueSampleInterval");
    if (seconds === 0 || connector.transaction === null) return;
    connector.sampleTimer = this.#works.simulated.after(seconds * 1000, () => {
      this.#sampleLater(connector);
      // Intervals of both readings end at the same moment.
      const at = this.#works.now();
      if (this.#follows) this.#keepIf(connector, "stopTxnSampledData", "Sample.Periodic", at);
      const sample = this.read(connector, "meterValuesSampledData", "Sample.Periodic", at);
      if (sample.readings.length > 0) {
        this.#works.charging.updated(connector, "MeterValuePeriodic", [sample]);
      }
    });
  }

  /** What the end of a transaction tells is read at an interval of its own (2.x J02, SampledDataTxEndedInterval). */
  #keepLater(connector: Connector): void {
    const { settings, simulated } = this.#works;
    const seconds = settings.get("stopTxnSampleInterval");
    if (seconds === 0 || this.#follows || connector.transaction === null) return;
    connector.keepTimer = simulated.after(seconds * 1000, () => {
      this.#keepLater(connector);
      this.#keepIf(connector, "stopTxnSampledData", "Sample.Periodic");
    });
  }

  /** Plans the next marks. Called when the boot is accepted and when an interval changes. */
  align(): void {
    this.stop();
    this.#alignedTimer = this.#atMark("clockAlignedDataInterval", () => this.#mark());
    if (this.#follows) return;
    this.#endedTimer = this.#atMark("stopTxnAlignedInterval", () => this.#markForEnd());
  }

  stop(): void {
    this.#alignedTimer?.();
    this.#endedTimer?.();
    this.#alignedTimer = this.#endedTimer = null;
  }

  #atMark(
    setting: "clockAlignedDataInterval" | "stopTxnAlignedInterval",
    run: () => void,
  ): Cancel | null {
    const intervalMs = this.#works.settings.get(setting) * 1000;
    if (intervalMs === 0) return null;
    // Marks are counted from midnight (1.6 §9.1.7).
    const intoDay = (this.#works.now() + EARLY_MS) % DAY_MS;
    const next = Math.min(DAY_MS, (Math.floor(intoDay / intervalMs) + 1) * intervalMs);
    return this.#works.clock.after(next - intoDay + EARLY_MS, () => {
      run();
      this.align();
    });
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
    const { all, settings } = this.#works;
    const at = this.#works.now();
    const connectors = [...all.values()];
    const runs = connectors.some(({ transaction }) => transaction !== null);
    // J01.FR.20: nothing is sent while a transaction runs anywhere.
    const isSent = !runs || !settings.get("alignedDataSendDuringIdle");
    for (const connector of connectors) {
      if (this.#follows) this.#keepIf(connector, "stopTxnAlignedData", "Sample.Clock", at);
      if (!isSent) continue;
      const sample = this.read(connector, "meterValuesAlignedData", "Sample.Clock", at);
      if (sample.readings.length === 0) continue;
      if (connector.transaction !== null) {
        this.#works.charging.updated(connector, "MeterValueClock", [sample]);
      } else {
        void this.#works.say("meterValues", { connectorId: connector.id, samples: [sample] });
      }
    }
  }

  #markForEnd(): void {
    const at = this.#works.now();
    for (const connector of this.#works.all.values()) {
      this.#keepIf(connector, "stopTxnAlignedData", "Sample.Clock", at);
    }
  }

  /** What is kept is read along with what is sent. */
  get #follows(): boolean {
    return this.#works.settings.get("stopTxnIntervalsFollow");
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
  | "stopTxnSampledData"
  | "txStartedSampledData";

function stopTimers(connector: Connector): void {
  connector.sampleTimer?.();
  connector.keepTimer?.();
  connector.sampleTimer = connector.keepTimer = null;
}
