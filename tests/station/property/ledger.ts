import type { ConnectorStatus } from "../../../src/station/words.ts";
import type { SentCall } from "../../support/fake_csms.ts";
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
export class Ledger {
  readonly violations: string[] = [];
  readonly transactions = new Map<number, Booked>();
  /** What was told last of each connector. */
  readonly told = new Map<number, ConnectorStatus>();
  /** Those of which something was told since which nothing can have gone untold. */
  readonly #followed = new Set<number>();
  readonly #starts = new Map<string, Booked>();
  readonly #texts = new Map<string, string>();
  readonly #meters = new Map<number, number>();
  readonly #mayLeaveOut: () => boolean;
  #nextId = 1;

  /** @param mayLeaveOut whether the station may leave out a status now that lasts for a short time only */
  constructor(mayLeaveOut: () => boolean) {
    this.#mayLeaveOut = mayLeaveOut;
  }

  /** There is another connection: what came in between was not told. */
  untold(): void {
    this.#followed.clear();
  }

  /** A CALL came in, processed or not. A resend has the bytes of the first (2.x part 4 §4.1.4). */
  seen({ id, action, payload }: SentCall): void {
    const text = JSON.stringify([action, payload]);
    const before = this.#texts.get(id);
    this.#texts.set(id, text);
    if (before !== undefined && before !== text) this.#wrong(`${id} was ${before}, now ${text}`);
    if (action === "StatusNotification") this.#status(payload);
    if (action === "BootNotification") this.untold();
  }

  /** A CALL of a transaction is processed; what it is answered with, beside the idTagInfo. */
  process({ id, action, payload }: SentCall): Record<string, unknown> {
    if (action === "StartTransaction") {
      const booked = this.#starts.get(id) ?? this.#start(id, payload);
      return { transactionId: booked.transactionId };
    }
    if (action === "StopTransaction") this.#stop(id, payload);
    if (action === "MeterValues") this.#meterValues(payload);
    return {};
  }

  /** Those that were started and not stopped. */
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
    if (this.#mayLeaveOut()) this.untold();
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
