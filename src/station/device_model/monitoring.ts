import type { Charger } from "../charger.ts";
import { EventQueue, type EventQueueHost } from "./event_queue.ts";
import { type FactoryMonitor, factoryMonitors, FIRST_CUSTOM_ID } from "./factory_monitors.ts";
import { judge, type Verdict } from "./judge.ts";
import { findVariable } from "./model.ts";
import { type DeviceEvent, isPeriodic, type Memory, type Monitor } from "./monitor.ts";
import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import { checkMonitor, type MonitorFault, type WantedMonitor } from "./monitor_fault.ts";
import { type MonitoringBase, type MonitoringRecord, UNTOUCHED } from "./monitoring_record.ts";
import { type PeriodicHost, PeriodicTimers } from "./periodic_timers.ts";
import { addressOf, isNumeric, readValue } from "./variable.ts";

/** The station whose variables are watched. */
export type MonitoringHost = Charger & Omit<EventQueueHost, "say"> & PeriodicHost;

const BLANK: Memory = { told: null, isAlarmed: false };

/**
 * The monitors of one station (2.x block N). Whoever changes something calls {@link Monitoring.look}; a
 * periodic monitor has a timer; nothing else costs anything.
 */
export class Monitoring {
  readonly #station: MonitoringHost;
  readonly #factory: readonly FactoryMonitor[];
  readonly events: EventQueue;
  readonly #kept: Cell<MonitoringRecord>;
  readonly #timers: PeriodicTimers;

  constructor(station: MonitoringHost, memory: Remembering = FORGETFUL) {
    this.#station = station;
    this.#kept = new Cell(memory, "monitoring", UNTOUCHED);
    this.#factory = factoryMonitors(station);
    this.events = new EventQueue(station, memory);
    this.#timers = new PeriodicTimers(
      station,
      (monitor) => this.#ring(monitor),
      (monitor) => this.#isBlind(monitor) ? null : this.#read(monitor),
    );
    if (this.record.custom.length > 0) this.#sync();
  }

  get record(): MonitoringRecord {
    return this.#kept.value;
  }

  /** Those that are at work. */
  get monitors(): readonly Monitor[] {
    const { base, custom, cleared } = this.record;
    const factory = this.#factory.map(({ monitor }) => monitor).filter(({ id, kind }) =>
      kind === "HardWiredMonitor" || base !== "HardWiredOnly" && !cleared.includes(id) &&
        !custom.some((one) => one.id === id)
    );
    return [...factory, ...custom];
  }

  /** The CSMS wants a monitor (N04). A number: it has that id. It looks at the next {@link Monitoring.look}. */
  set(wanted: WantedMonitor): number | MonitorFault {
    const found = checkMonitor(this.#station, this.monitors, wanted);
    if ("why" in found) return found;
    const { custom, cleared, memories } = this.record;
    const { type, value, severity, transaction, stream } = wanted;
    const id = wanted.id ?? Math.max(FIRST_CUSTOM_ID, ...custom.map((one) => one.id + 1));
    const address = addressOf(found);
    const kind = "CustomMonitor";
    const monitor: Monitor = { id, kind, address, type, value, severity, transaction, stream };
    const told = readValue(this.#station, found);
    this.#kept.value = {
      ...this.record,
      custom: [...custom.filter((one) => one.id !== id), monitor],
      cleared: cleared.filter((one) => one !== id),
      memories: { ...memories, [id]: { told, isAlarmed: false } },
    };
    this.#sync();
    return id;
  }

  /** The CSMS wants a monitor no longer (N06). */
  clear(id: number): "Accepted" | "NotFound" | "Rejected" {
    const monitor = this.monitors.find((one) => one.id === id);
    if (monitor === undefined) return "NotFound";
    if (monitor.kind === "HardWiredMonitor") return "Rejected";
    const { custom, cleared, memories } = this.record;
    const { [id]: _, ...others } = memories;
    const isFactory = this.#factory.some((one) => one.monitor.id === id);
    this.#kept.value = {
      ...this.record,
      custom: custom.filter((one) => one.id !== id),
      cleared: isFactory ? [...cleared, id] : cleared,
      memories: others,
    };
    this.#sync();
    return "Accepted";
  }

  /** Those of the CSMS stay with `All` only; the preconfigured ones come back unless it is `HardWiredOnly`. */
  setBase(base: MonitoringBase): void {
    const { custom, memories } = this.record;
    this.#kept.value = base === "All" ? { ...this.record, base, cleared: [] } : {
      ...this.record,
      base,
      custom: [],
      cleared: [],
      memories: withoutCustom(memories, custom),
    };
    this.#sync();
  }

  setLevel(level: number): void {
    this.#kept.value = { ...this.record, level };
  }

  /** Energy flowed: only the CSMS can have wanted to hear of that. */
  ticked(): void {
    if (this.record.custom.length > 0) this.look();
  }

  /** Something may be otherwise than before. */
  look(): void {
    const events = this.monitors.flatMap((monitor) => this.#lookAt(monitor) ?? []);
    if (events.length > 0) this.events.add(events);
  }

  stop(): void {
    this.#timers.stop();
  }

  #lookAt(monitor: Monitor): DeviceEvent | null {
    if (isPeriodic(monitor)) return null;
    const { id } = monitor;
    const before = this.record.memories[id] ?? this.#factoryMemory(id);
    const verdict = this.#judge(monitor, before);
    if (verdict === null) return null;
    const { memory, finding } = verdict;
    if (memory !== before) {
      const memories = { ...this.record.memories, [id]: memory };
      this.#kept.value = { ...this.record, memories };
    }
    return finding === null ? null : this.#event(monitor, finding);
  }

  /** `null`: it has no value now. */
  #judge(monitor: Monitor, before: Memory): Verdict | null {
    // What is watched in a transaction begins anew with each.
    if (this.#isBlind(monitor)) {
      return { memory: before === BLANK ? before : BLANK, finding: null };
    }
    const variable = findVariable(this.#station, named(monitor));
    if (typeof variable === "string") return null;
    const actual = readValue(this.#station, variable);
    if (actual === null) return null;
    const target = readValue(this.#station, variable, "Target");
    return judge(monitor, before, { actual, target, isNumeric: isNumeric(variable.definition) });
  }

  /** `null`: nobody is to hear of it. */
  #event(monitor: Monitor, finding: NonNullable<Verdict["finding"]>): DeviceEvent | null {
    const station = this.#station;
    const { id: monitorId, kind, severity, address } = monitor;
    if (severity > this.record.level || !station.settings.get("monitoringEnabled")) return null;
    const actual = this.#read(monitor);
    if (actual === null) return null;
    const fault = address.variable === "Problem" ? station.status(address.evseId ?? 0).fault : null;
    const id = this.record.lastEventId + 1;
    this.#kept.value = { ...this.record, lastEventId: id };
    return {
      ...finding,
      id,
      at: station.now(),
      actual,
      transactionId: this.#transactionId(monitor),
      address,
      monitorId,
      kind,
      severity,
      techCode: fault?.vendorErrorCode ?? fault?.errorCode ?? null,
      techInfo: fault?.info ?? null,
    };
  }

  /** Of the transaction at its place; of the station as a whole, where only one runs. */
  #transactionId({ address, transaction }: Monitor): string | null {
    const { evseId } = address;
    const running = this.#station.connectors()
      .filter(({ id }) => evseId === null || id === evseId)
      .flatMap((connector) => connector.transaction?.id ?? []);
    return (evseId !== null || transaction || running.length === 1) ? running[0] ?? null : null;
  }

  #factoryMemory(id: number): Memory {
    return this.#factory.find(({ monitor }) => monitor.id === id)?.memory ?? BLANK;
  }

  /** It watches transactions, and none runs. */
  #isBlind(monitor: Monitor): boolean {
    return monitor.transaction && this.#transactionId(monitor) === null;
  }

  #read(monitor: Monitor): string | null {
    const variable = findVariable(this.#station, named(monitor));
    return typeof variable === "string" ? null : readValue(this.#station, variable);
  }

  /** What that leads to follows the answer to a CALL. */
  #sync(): void {
    this.#station.line.afterwards(() => this.#timers.sync(this.record.custom));
  }

  #ring(monitor: Monitor): void {
    if (this.#isBlind(monitor)) return;
    const event = this.#event(monitor, { trigger: "Periodic", cleared: false });
    if (event !== null) this.events.add([event]);
  }
}

function named({ address }: Monitor) {
  return { ...address, componentInstance: null };
}

function withoutCustom(
  memories: MonitoringRecord["memories"],
  custom: readonly Monitor[],
): MonitoringRecord["memories"] {
  const gone = new Set(custom.map(({ id }) => String(id)));
  return Object.fromEntries(Object.entries(memories).filter(([id]) => !gone.has(id)));
}
