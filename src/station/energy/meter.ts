import type { Cancel, Random, ScaledClock } from "../../clock/mod.ts";
import type { ReadingContext, Sample } from "../words.ts";
import type { Car } from "./car.ts";
import { gridFrequency } from "./grid.ts";
import { readInterval } from "./intervals.ts";
import { readMeasurand } from "./measurands.ts";
import {
  arrived,
  charged,
  mayFlow,
  type MeterState,
  powerOf,
  UNUSED,
  usedPhases,
  type Visit,
  wantsMore,
  wholeWh,
} from "./meter_state.ts";
import { type Measured, readingsOf } from "./readings.ts";
import { type Supply, supplyOf } from "./supply.ts";

/** What a meter needs. */
export interface MeterOptions {
  readonly clock: ScaledClock;
  readonly random: Random;
  /** Of the connector, as configured. */
  readonly type: string;
  /** Of the connector, in watts. */
  readonly maxPower: number;
  /** How it was left, if it ever ran: nothing flows since. */
  readonly state?: MeterState | null;
  /** Energy has flowed, or the car just stopped taking any. May call everything here. */
  readonly ticked: () => void;
}

/** A tick comes after as much simulated time, but not more often than so in real time. */
const TICK_MS = 10_000;
const SHORTEST_REAL_TICK_MS = 200;

/**
 * The energy meter of one connector, and the car at it. While energy flows, one timer ticks; nothing
 * else costs anything. Whatever is asked is reckoned up to now first, so no value depends on the ticks.
 */
export class Meter {
  readonly #options: MeterOptions;
  readonly #supply: Supply;
  #state: MeterState;
  /** The tick that comes while energy flows. */
  #cancel: Cancel | null = null;
  /** Up to when the state is reckoned while energy flows, on the monotonic clock. */
  #reckonedAt = 0;

  constructor(options: MeterOptions) {
    this.#options = options;
    this.#supply = supplyOf(options.type, options.maxPower);
    const { state } = options;
    const visit = state?.visit ?? null;
    this.#state = state === undefined || state === null
      ? UNUSED
      : { ...state, visit: visit && { ...visit, offeredW: null } };
  }

  /** Everything that it knows, up to now. */
  get state(): MeterState {
    this.#reckon();
    return this.#state;
  }

  /** A car is plugged in. Nothing flows yet. */
  connect(car: Car): void {
    this.#reckon();
    this.#state = arrived(this.#state, car);
    this.#settle();
  }

  /** The car is unplugged. */
  disconnect(): void {
    this.#reckon();
    this.#state = { ...this.#state, visit: null };
    this.#settle();
  }

  /**
   * Lets the car take at most so many watts, 0: none yet, below 0: wants so much back from it. Nothing
   * happens without a car. `phases`: those that are switched through; `null`: all.
   */
  flow(limitW: number, phases: 1 | 2 | 3 | null = null): void {
    if (Number.isNaN(limitW)) throw new RangeError("Cannot let energy flow: the limit is NaN W");
    const { maxPower } = this.#options;
    const offeredW = Math.max(-maxPower, Math.min(limitW, maxPower));
    this.#change({ offeredW, offeredPhases: phases });
  }

  /** Changes the limit in watts of what flows; without a flow it does nothing. */
  limit(watts: number): void {
    if ((this.#state.visit?.offeredW ?? null) !== null) this.flow(watts);
  }

  /** No energy flows until the next {@link Meter.flow}. The car stays. */
  stop(): void {
    this.#change({ offeredW: null });
  }

  /** Tells the car to stop taking energy, or to go on. */
  pauseCar(paused: boolean): void {
    this.#change({ paused });
  }

  /** `false`: there is none, it is at its target or has given what it gives, or it was told to pause. */
  get carWants(): boolean {
    this.#reckon();
    return wantsMore(this.#state);
  }

  /** The car at the cable, as it came; `null`: there is none. */
  get car(): Car | null {
    return this.#state.visit?.car ?? null;
  }

  /** The car's state of charge, 0 to 1, whether it tells it or not; `null`: no car. */
  get soc(): number | null {
    this.#reckon();
    return this.#state.visit?.soc ?? null;
  }

  /** What the EVSE offers, in watts: 0 while it lets nothing flow, below 0 what it wants back. */
  get offeredW(): number {
    return this.#state.visit?.offeredW ?? 0;
  }

  /** How many phases the car takes energy from; `null`: no car, or DC. */
  get phases(): number | null {
    const { current, phases } = this.#supply;
    const { visit } = this.#state;
    if (visit === null || current === "DC") return null;
    return visit.car.ac.phases === 3 ? phases : 1;
  }

  /** Watts towards the car, below 0 from it. 0 while the car wants energy: the offer is too small. */
  get powerW(): number {
    this.#reckon();
    return powerOf(this.#state, this.#supply);
  }

  /** What went to cars since ever, in whole Wh. */
  get importWh(): number {
    this.#reckon();
    return wholeWh(this.#state.importWh);
  }

  /** What came from cars since ever, in whole Wh. */
  get exportWh(): number {
    this.#reckon();
    return wholeWh(this.#state.exportWh);
  }

  /**
   * Reads what this meter has of `measurands` (each once, a phase may follow: `Voltage.L1`); the others
   * are left out. `at` is the station's time in milliseconds since 1970. Values of an Interval count
   * since the last reading in the same stream: clock-aligned or transaction.
   */
  read(measurands: readonly string[], context: ReadingContext, at: number): Sample {
    const measured = this.#measure(context, at);
    const readings = measurands.flatMap((written) => {
      const wanted = readMeasurand(written);
      return wanted === null ? [] : readingsOf(wanted, measured, this.#options.random);
    });
    return { at, context, readings };
  }

  #measure(context: ReadingContext, at: number): Measured {
    const { powerW, offeredW, importWh, exportWh } = this;
    const { current, phases } = this.#supply;
    const { visit } = this.#state;
    const frequencyHz = gridFrequency(at);
    const tells = visit !== null && (current === "DC" || visit.car.tellsSoc);
    return {
      current,
      phases,
      powerW,
      offeredW: Math.max(0, offeredW),
      frequencyHz,
      maxPowerW: this.#options.maxPower,
      importWh,
      exportWh,
      usedPhases: usedPhases(this.#state, this.#supply),
      soc: tells ? visit.soc : null,
      interval: (measurand) => {
        const isImport = measurand === "Energy.Active.Import.Interval";
        const { arrivalImportWh, arrivalExportWh } = this.#state;
        const { wh, marks } = readInterval(this.#state.marks, {
          measurand,
          context,
          at,
          nowWh: isImport ? importWh : exportWh,
          arrivalWh: wholeWh(isImport ? arrivalImportWh : arrivalExportWh),
        });
        this.#state = { ...this.#state, marks };
        return wh;
      },
    };
  }

  #change(change: Partial<Visit>): void {
    this.#reckon();
    const { visit } = this.#state;
    if (visit === null) return;
    this.#state = { ...this.#state, visit: { ...visit, ...change } };
    this.#settle();
  }

  /** Brings registers and battery up to now. */
  #reckon(): void {
    if (this.#cancel === null) return;
    const now = this.#options.clock.monotonic();
    this.#state = charged(this.#state, this.#supply, now - this.#reckonedAt);
    this.#reckonedAt = now;
  }

  /** Starts the timer when energy begins to flow, and ends it when somebody ended the flow. */
  #settle(): void {
    if (!mayFlow(this.#state, this.#supply)) {
      this.#cancel?.();
      this.#cancel = null;
    } else if (this.#cancel === null && this.powerW !== 0) {
      this.#reckonedAt = this.#options.clock.monotonic();
      this.#arm();
    }
    // A car that is full by now keeps the tick that tells so.
  }

  #arm(): void {
    const { clock } = this.#options;
    const ms = Math.max(TICK_MS, SHORTEST_REAL_TICK_MS * clock.speed);
    this.#cancel = clock.after(ms, () => this.#tick());
  }

  #tick(): void {
    this.#reckon();
    this.#cancel = null;
    if (this.powerW !== 0) this.#arm();
    this.#options.ticked();
  }
}
