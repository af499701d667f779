import type { Cause } from "../connection/mod.ts";
import { heard } from "./transactions/charging_answers.ts";
import type { TransactionKind } from "./outbox/entry.ts";
import type { Connector, ConnectorOwner } from "./connector.ts";
import { type ConnectorState, statusOf } from "./connector_state.ts";
import type { Monitoring } from "./device_model/monitoring.ts";
import type { CostDetails } from "./cost/cost_details.ts";
import type { Tariff } from "./cost/tariff.ts";
import type { LineOwner } from "./line/line_ports.ts";
import type { RegistrationState } from "./line/registration.ts";
import type { Spoken, TransactionAnswer } from "./spoken.ts";
import type { Station } from "./station.ts";
import { remember } from "./survival.ts";
import type { TransactionChange } from "./station_change.ts";
import type { Status } from "./status_reporter.ts";
import type { Transaction } from "./transactions/transaction.ts";
import { transactionView } from "./view.ts";
import type { ConnectorStatus, Fault } from "./words.ts";

/** What OCPP's integers hold. */
const LONGEST_SECONDS = 2 ** 31 - 1;

/** What a station does when one of its parts has news. */
export class Reactions implements ConnectorOwner, LineOwner {
  readonly #station: Station;
  /** Of the last connection; empty: there was none. */
  #subprotocol = "";

  constructor(station: Station) {
    this.#station = station;
  }

  connectorMoved(connector: Connector, before: ConnectorState): void {
    const { reporter, reserving } = this.#station;
    remember(this.#station.memory, connector);
    const isNews = connector.status !== statusOf(before) || connector.state.fault !== before.fault;
    if (isNews) {
      if (connector.status === "Faulted" || connector.status === "Unavailable") {
        reserving.drop(connector);
      }
      reporter.changed(connector.id);
    }
    // What breaks is watched unasked; for all else somebody must have wanted it.
    if (connector.state.fault === before.fault) this.#watched?.look();
    else this.#station.services.monitoring.look();
    if (!isNews) return;
    this.#station.publish(() => ({
      type: "connector",
      stationId: this.#station.id,
      at: this.#station.now(),
      connectorId: connector.id,
      from: statusOf(before),
      to: connector.status,
      errorCode: connector.state.fault?.errorCode ?? "NoError",
      info: connector.state.fault?.info ?? null,
    }));
    // It may move the connector again: that is news of its own, and comes after.
    reserving.look();
  }

  /** Energy has flowed, or the car just stopped taking any. */
  ticked(connector: Connector): void {
    this.#station.flow.look(connector);
    this.#watched?.ticked();
  }

  /** The station as a whole is in service, or broken, or neither. */
  stationMoved(from: ConnectorStatus, { status: to, fault }: Status): void {
    const { reporter, reserving, id: stationId } = this.#station;
    if (to !== "Available") reserving.dropAll();
    reporter.changed(0);
    this.#station.services.monitoring.look();
    this.#station.publish(() => ({
      type: "connector",
      stationId,
      at: this.#station.now(),
      connectorId: 0,
      from,
      to,
      errorCode: fault?.errorCode ?? "NoError",
      info: fault?.info ?? null,
    }));
  }

  /** Somebody breaks the station as a whole, or with `null` repairs it. */
  stationFaulted(fault: Fault | null): void {
    this.#station.availability.stationFault(fault);
  }

  bootAccepted(heartbeatSeconds: number): void {
    const { settings, reporter, metering, network, reserving } = this.#station;
    network.accepted();
    const seconds = Math.min(LONGEST_SECONDS, Math.max(1, Math.round(heartbeatSeconds)));
    if (heartbeatSeconds > 0) settings.setForNow("heartbeatInterval", seconds);
    reporter.all();
    metering.align();
    reserving.connected();
    if (this.#station.isServed) this.#station.services.bootAccepted();
  }

  lineOpened(): void {
    this.#station.reporter.back();
    this.#station.reserving.connected();
    if (this.#station.isServed) this.#station.services.connected();
  }

  lineClosed(): void {
    this.#station.reporter.lost();
  }

  registrationChanged(from: RegistrationState, retryAt: number | null): void {
    const { id: stationId, line, network, security } = this.#station;
    this.#station.registrationChanged();
    if (line.accepted) security.booted(line.registration.reason);
    if (line.registration.state === "unknown") network.wentDown(line.registration.reason);
    this.#station.publish(() => ({
      type: "registration",
      stationId,
      at: line.now(),
      from,
      to: line.registration.state,
      retryAt,
    }));
  }

  transactionSpoke(connectorId: number): void {
    const connector = this.#station.all.get(connectorId);
    if (connector !== undefined) remember(this.#station.memory, connector);
  }

  transactionAnswered(
    event: Spoken[TransactionKind]["event"],
    answer: TransactionAnswer,
  ): void {
    heard(this.#station, event, answer);
  }

  clockMoved(): void {
    if (this.#station.line.accepted) this.#station.security.clockMoved();
  }

  /**
   * There is a connection, and nothing was said on it yet. What was told in another OCPP version may mean
   * nothing to a CSMS that chose this one: it hears a boot, every status, and what waits in its own words.
   */
  connected(subprotocol: string): void {
    const before = this.#subprotocol;
    this.#subprotocol = subprotocol;
    const { log, line: { registration } } = this.#station;
    if (before === "" || before === subprotocol || registration.state === "unknown") return;
    log.info("The CSMS chose another OCPP version than before", { before, now: subprotocol });
    registration.forget("Unknown");
  }

  /** The station could not reach its CSMS. */
  dialFailed(cause: Cause): void {
    this.#station.security.dialFailed(cause);
  }

  /** Something about a transaction is another. */
  transactionChanged(transaction: Transaction, event: TransactionChange["event"]): void {
    const station = this.#station;
    if (station.isServed) station.services.facilities.transactionChanged(transaction, event);
    station.publish(() => {
      const meterWh = station.all.get(transaction.facts.connectorId)?.meter?.importWh ?? 0;
      return {
        type: "transaction",
        stationId: station.id,
        at: station.now(),
        event,
        transaction: transactionView(transaction, meterWh),
      };
    });
  }

  /** What flows is reckoned anew; a profile may be new that fetches its limit (2.1 K28). */
  limitsChanged(): void {
    const station = this.#station;
    const fetches = station.profiles.installed.some(({ profile }) => profile.pullEveryS);
    if (station.isServed || fetches) station.services.facilities.smart.profilesChanged();
    for (const connector of station.all.values()) station.flow.look(connector);
  }

  /** What a running transaction costs by a tariff of the station; `null`: it has none. */
  costOf({ facts }: Transaction): CostDetails | null {
    return this.#station.isServed ? this.#station.services.facilities.costOf(facts.id) : null;
  }

  /** A transaction has a tariff of its driver's own (2.1 I08). */
  tariffGiven({ facts }: Transaction, tariff: Tariff): void {
    const { facilities } = this.#station.services;
    const running = facilities.running(facts.id);
    if (running !== null) facilities.tariffs.give(running, tariff);
  }

  /** Nothing runs on a connector any longer: others may get more, and who waits may go on. */
  transactionEnded(): void {
    this.#station.limitsChanged();
    this.#station.availability.settle();
    if (this.#station.isServed) this.#station.services.transactionEnded();
    this.#station.rebooting.look();
  }

  /** The local list and the CSMS say different things of a token (1.6 §3.5.2). */
  listConflict(): void {
    const fault = { errorCode: "LocalListConflict", info: null, vendorErrorCode: null };
    const { status } = this.#station.status(0);
    void this.#station.say("status", {
      connectorId: 0,
      status,
      fault,
      at: this.#station.now(),
    });
  }

  /** The station's monitors, if anybody ever wanted any. */
  get #watched(): Monitoring | null {
    return this.#station.isServed ? this.#station.services.watched : null;
  }
}
