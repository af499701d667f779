import type { ConnectorStatus } from "../../../src/station/words.ts";
import type { SentCall } from "../../support/fake_csms.ts";
import type { Ledger, Watch } from "./ledger.ts";
import { isLegal } from "./legal_statuses.ts";

/** A transaction as a CSMS of 1.6 has it on its books. */
interface Booked {
  readonly transactionId: number;
  readonly connectorId: number;
  /** Wh. */
  readonly meterStart: number;
  /** The message that stopped it. */
  stoppedBy: string | null;
}

type SampledValues = readonly { readonly sampledValue: readonly Record<string, string>[] }[];

/** What a CSMS of 1.6 knows of one station, and everything that it should never have been told. */
export class Ledger16 implements Ledger {
  readonly violations: string[] = [];
  readonly transactions = new Map<number, Booked>();
  readonly told = new Map<number, ConnectorStatus>();
  /** Those of which something was told since which nothing can have gone untold. */
  readonly #followed = new Set<number>();
  readonly #starts = new Map<string, Booked>();
  readonly #meters = new Map<number, number>();
  readonly #watch: Watch;
  #nextId = 1;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  untold(): void {
    this.#followed.clear();
  }

  seen({ action, payload }: SentCall): void {
    if (action === "StatusNotification") this.#status(payload);
    if (action === "BootNotification") this.untold();
  }

  process({ id, action, payload }: SentCall): Record<string, unknown> {
    if (action === "StartTransaction") {
      const booked = this.#starts.get(id) ?? this.#start(id, payload);
      return { transactionId: booked.transactionId };
    }
    if (action === "StopTransaction") this.#stop(id, payload);
    if (action === "MeterValues") this.#meterValues(payload);
    return {};
  }

  get open(): readonly number[] {
    return [...this.transactions.values()].filter(({ stoppedBy }) => stoppedBy === null)
      .map(({ transactionId }) => transactionId);
  }

  #start(id: string, payload: Record<string, unknown>): Booked {
    const connectorId = Number(payload.connectorId);
    const meterStart = Number(payload.meterStart);
    const other = [...this.transactions.values()].find((one) =>
      one.connectorId === connectorId && one.stoppedBy === null
    );
    if (other !== undefined) {
      this.#wrong(`${id} starts while ${other.transactionId} runs on ${connectorId}`);
    }
    const booked = { transactionId: this.#nextId++, connectorId, meterStart, stoppedBy: null };
    this.#starts.set(id, booked);
    this.transactions.set(booked.transactionId, booked);
    this.#meter(booked, meterStart, `StartTransaction ${id}`);
    return booked;
  }

  #stop(id: string, payload: Record<string, unknown>): void {
    const booked = this.transactions.get(Number(payload.transactionId));
    if (booked === undefined) return this.#wrong(`${id} stops ${payload.transactionId}`);
    if (booked.stoppedBy === id) return;
    if (booked.stoppedBy !== null) {
      this.#wrong(`${id} stops ${booked.transactionId} once more after ${booked.stoppedBy}`);
    }
    booked.stoppedBy = id;
    // In the order of the station's clock, which the CSMS may have set back meanwhile.
    const meterStop = Number(payload.meterStop);
    for (const wh of energies((payload.transactionData ?? []) as SampledValues)) {
      if (wh < booked.meterStart || wh > meterStop) this.#wrong(`${id}: ${wh} Wh in its data`);
    }
    this.#meter(booked, meterStop, `StopTransaction ${id}`);
  }

  #meterValues({ transactionId, connectorId, meterValue }: Record<string, unknown>): void {
    if (transactionId === undefined) return;
    const booked = this.transactions.get(Number(transactionId));
    if (booked === undefined) return this.#wrong(`MeterValues of ${transactionId}`);
    if (booked.connectorId !== connectorId || booked.stoppedBy !== null) {
      this.#wrong(
        `MeterValues of ${transactionId} on ${connectorId}, stopped: ${booked.stoppedBy}`,
      );
    }
    for (const wh of energies(meterValue as SampledValues)) {
      this.#meter(booked, wh, `MeterValues of ${transactionId}`);
    }
  }

  /** A register never runs backwards, neither in a transaction nor from one to the next. */
  #meter(booked: Booked, wh: number, where: string): void {
    const before = this.#meters.get(booked.connectorId) ?? 0;
    if (wh < before) this.#wrong(`${where}: ${wh} Wh after ${before} Wh`);
    this.#meters.set(booked.connectorId, Math.max(before, wh));
  }

  #status(payload: Record<string, unknown>): void {
    const connectorId = Number(payload.connectorId);
    const status = payload.status as ConnectorStatus;
    const before = this.told.get(connectorId);
    this.told.set(connectorId, status);
    if (this.#watch.mayLeaveOut()) this.untold();
    const isFollowed = this.#followed.has(connectorId);
    this.#followed.add(connectorId);
    if (connectorId !== 0 && before !== undefined && isFollowed && !isLegal(before, status)) {
      this.#wrong(`Connector ${connectorId} is told to go from ${before} to ${status} (1.6 §4.9)`);
    }
  }

  #wrong(what: string): void {
    this.violations.push(what);
  }
}

function energies(values: SampledValues): number[] {
  return values.flatMap(({ sampledValue }) =>
    sampledValue.filter(({ measurand, phase }) =>
      measurand === "Energy.Active.Import.Register" && phase === undefined
    ).map(({ value }) => Number(value))
  );
}
