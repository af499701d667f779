import type { Cause } from "../connection/mod.ts";
import type { Connector, ConnectorOwner } from "./connector.ts";
import { type ConnectorState, statusOf } from "./connector_state.ts";
import type { Monitoring } from "./device_model/monitoring.ts";
import type { CostDetails } from "./cost/cost_details.ts";
import type { LineOwner } from "./line.ts";
import type { RegistrationState } from "./registration.ts";
import type { SettingName, SettingValue } from "./settings/definitions.ts";
import type { SettingsOwner } from "./settings/settings.ts";
import type { BootReason, TransactionAnswer } from "./spoken.ts";
import type { Station } from "./station.ts";
import type { TransactionChange } from "./station_change.ts";
import type { Status } from "./status_reporter.ts";
import type { ReservationEnd } from "./tokens/reservations.ts";
import type { Transaction } from "./transaction.ts";
import { transactionView } from "./view.ts";
import type { ConnectorStatus, Fault } from "./words.ts";

/** A boot as a security event (whitepaper §8); all others are resets. */
const STARTS: Readonly<Partial<Record<BootReason, string>>> = { PowerUp: "StartupOfTheDevice" };

/** What the CSMS does not know already of the end of a reservation. */
const OVER = {
  cancelled: null,
  expired: "Expired",
  removed: "Removed",
  replaced: null,
  used: null,
} as const satisfies Record<ReservationEnd, "Expired" | "Removed" | null>;

/** What OCPP's integers hold. */
const LONGEST_SECONDS = 2 ** 31 - 1;

/** What a station does when one of its parts has news. */
export class Reactions implements ConnectorOwner, LineOwner, SettingsOwner {
  readonly #station: Station;

  constructor(station: Station) {
    this.#station = station;
  }

  connectorMoved(connector: Connector, before: ConnectorState): void {
    const { reporter, reserving } = this.#station;
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
    const { settings, reporter, metering } = this.#station;
    const seconds = Math.min(LONGEST_SECONDS, Math.max(1, Math.round(heartbeatSeconds)));
    if (heartbeatSeconds > 0) settings.set("heartbeatInterval", seconds);
    reporter.all();
    metering.align();
    if (this.#station.isServed) this.#station.services.bootAccepted();
  }

  lineOpened(): void {
    this.#station.reporter.changes();
    if (this.#station.isServed) this.#station.services.connected();
  }

  lineClosed(): void {
    this.#station.reporter.stop();
  }

  registrationChanged(from: RegistrationState, retryAt: number | null): void {
    const { id: stationId, line } = this.#station;
    this.#station.registrationChanged();
    if (line.accepted) this.#secure(STARTS[line.registration.reason] ?? "ResetOrReboot");
    this.#station.publish(() => ({
      type: "registration",
      stationId,
      at: line.now(),
      from,
      to: line.registration.state,
      retryAt,
    }));
  }

  transactionAnswered(transactionId: string, answer: TransactionAnswer): void {
    this.#station.charging.answered(transactionId, answer);
    const { totalCost: total = null } = answer;
    if (total === null) return;
    const { facilities } = this.#station.services;
    facilities.runningCosts.keep(transactionId, { total, at: this.#station.now() });
  }

  /** The station could not reach its CSMS. */
  dialFailed(cause: Cause): void {
    if (cause.kind === "certificate") this.#secure("InvalidCsmsCertificate", cause.message);
    if (cause.kind === "http" && cause.status === 401) {
      this.#secure("FailedToAuthenticateAtCsms", cause.message);
    }
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
    if (station.isServed || fetches) station.services.facilities.profilesChanged();
    for (const connector of station.all.values()) station.flow.look(connector);
  }

  /** What a running transaction costs by a tariff of the station; `null`: it has none. */
  costOf({ facts }: Transaction): CostDetails | null {
    return this.#station.isServed ? this.#station.services.facilities.costOf(facts.id) : null;
  }

  /** Nobody used a reservation (2.x H04). */
  reservationOver(reservationId: number, why: ReservationEnd): void {
    const status = OVER[why];
    if (status !== null) void this.#station.say("reservationStatus", { reservationId, status });
  }

  /** Nothing runs on a connector any longer: others may get more, and who waits may go on. */
  transactionEnded(): void {
    this.#station.limitsChanged();
    this.#station.availability.settle();
    if (this.#station.isServed) this.#station.services.transactionEnded();
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

  settingRefusal(name: SettingName, value: SettingValue<SettingName>): string | null {
    if (name !== "securityProfile") return null;
    return this.#station.network.profileRefusal(Number(value));
  }

  settingChanged(name: SettingName): void {
    const { all, line, metering, network } = this.#station;
    switch (name) {
      case "authorizationKey":
        this.#secure("ReconfigurationOfSecurityParameters", "AuthorizationKey");
        void network.passwordChanged(name);
        return;
      case "basicAuthPassword":
        this.#secure("ReconfigurationOfSecurityParameters", "BasicAuthPassword");
        void network.passwordChanged(name);
        return;
      case "securityProfile":
        this.#secure("ReconfigurationOfSecurityParameters", "SecurityProfile");
        void network.profileChanged();
        return;
      case "webSocketPingInterval":
        return network.pingChanged();
      case "heartbeatInterval":
        return line.registration.wake();
      case "meterValueSampleInterval":
        for (const connector of all.values()) metering.restart(connector);
        return;
      case "clockAlignedDataInterval":
        return metering.align();
      default:
        return;
    }
  }

  /** The station's monitors, if anybody ever wanted any. */
  get #watched(): Monitoring | null {
    return this.#station.isServed ? this.#station.services.watched : null;
  }

  /** A security event, on stations that know security: a profile of 0 has none of it. */
  #secure(type: string, info: string | null = null): void {
    if (this.#station.settings.get("securityProfile") === 0) return;
    this.#station.services.securityEvents.raise(type, info);
  }
}
