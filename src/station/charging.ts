import type { Connector, Grant } from "./connector.ts";
import type { Flow } from "./flow.ts";
import type { Metering } from "./metering.ts";
import type { Said, TransactionAnswer, Trigger } from "./spoken.ts";
import { profileLimits } from "./smart/profile_limits.ts";
import { learn } from "./tokens/local_authorization.ts";
import { Transaction } from "./transaction.ts";
import type { IdToken, IdTokenInfo, Sample, StopReason } from "./words.ts";
import type { Works } from "./works.ts";

/** How a transaction is ended. */
export interface Ending {
  readonly reason: StopReason;
  readonly trigger: Trigger;
  /** The token that ended it, if one did. */
  readonly stopToken?: IdToken;
}

/** So many transactions that ended are remembered, for whoever looks. */
const REMEMBERED = 10;

/** Transactions: when one begins, what its token turns out to be, and when it ends. */
export class Charging {
  readonly #works: Works;
  readonly #flow: Flow;
  readonly #metering: Metering;
  /** Those that ended, the last first. */
  ended: Transaction[] = [];

  constructor(works: Works, flow: Flow, metering: Metering) {
    this.#works = works;
    this.#flow = flow;
    this.#metering = metering;
  }

  /**
   * Somebody may charge here. Begins at once when the car is there, else once it is, for as long as
   * ConnectionTimeOut lets it wait (1.6 §9.1.8).
   */
  grant(
    connector: Connector,
    granted: Omit<Grant, "reservationId">,
  ): Promise<Said<TransactionAnswer>> | null {
    const { idToken, groupId } = granted;
    connector.apply({ type: "authorized" });
    const reservationId = this.#works.reserving.take(connector, idToken, groupId);
    connector.grant = { ...granted, reservationId };
    if (connector.state.plugged) return this.begin(connector);
    connector.plugTimer?.();
    const seconds = this.#works.settings.get("connectionTimeOut");
    connector.plugTimer = this.#works.clock.after(seconds * 1000, () => {
      this.#works.log.info("Nobody plugged in in time", { connector: connector.id });
      this.giveUp(connector);
    });
    return null;
  }

  /** Nobody will charge on that grant. */
  giveUp(connector: Connector): void {
    connector.plugTimer?.();
    connector.plugTimer = null;
    connector.grant = null;
    connector.apply({ type: "given-up" });
  }

  /** Begins a transaction when there are both, a grant and a car; `null`: there are not. */
  begin(connector: Connector): Promise<Said<TransactionAnswer>> | null {
    const { grant, state } = connector;
    const { status } = connector;
    if (grant === null || !state.plugged || status !== "Preparing") return null;
    const works = this.#works;
    connector.plugTimer?.();
    connector.plugTimer = null;
    connector.grant = null;
    const meter = works.meterOf(connector);
    const at = works.now();
    const transaction = new Transaction({
      id: works.line.newId(),
      csmsId: null,
      connectorId: connector.id,
      idToken: grant.idToken,
      startedAt: at,
      meterStartWh: meter.importWh,
      reservationId: grant.reservationId,
      remoteStartId: grant.remoteStartId,
    }, grant.groupId);
    connector.transaction = transaction;
    this.#installProfile(connector, grant);
    const samples = this.#metering.begin(connector);
    const trigger = grant.remote ? "RemoteStart" : "Authorized";
    const event = transaction.event({ at, trigger, offline: !works.line.online, samples });
    // The start is said before the status that follows from it.
    const said = works.line.outbox.add("transactionStarted", event);
    connector.apply({ type: "started" });
    works.log.info("A transaction begins", {
      connector: connector.id,
      idToken: grant.idToken.idToken,
    });
    works.reactions.transactionChanged(transaction, "started");
    works.limitsChanged();
    return said;
  }

  /** Ends what runs on a connector; `null`: nothing does. */
  end(connector: Connector, ending: Ending): Promise<Said<TransactionAnswer>> | null {
    const { transaction } = connector;
    if (transaction === null) return null;
    const works = this.#works;
    const meter = works.meterOf(connector);
    this.#flow.stop(connector);
    const samples = this.#metering.end(connector);
    const at = works.now();
    const { reason, trigger, stopToken = null } = ending;
    const cost = works.reactions.costOf(transaction);
    const event = transaction.event({ at, trigger, offline: !works.line.online, samples, cost });
    const end = { at, reason, meterStopWh: meter.importWh };
    const said = works.line.outbox.add(
      "transactionEnded",
      transaction.ended(event, end, stopToken),
    );
    transaction.data = [];
    connector.transaction = null;
    connector.heldBack = false;
    this.ended = [transaction, ...this.ended].slice(0, REMEMBERED);
    works.log.info("A transaction ends", {
      connector: connector.id,
      reason,
      energyWh: meter.importWh - transaction.facts.meterStartWh,
    });
    works.profiles.transactionEnded(connector.id);
    connector.apply({ type: "stopped" });
    this.#takeScheduled(connector);
    works.reactions.transactionChanged(transaction, "ended");
    works.reactions.transactionEnded();
    return said;
  }

  /** Says that something about a running transaction is new. */
  updated(connector: Connector, trigger: Trigger, samples: readonly Sample[]): void {
    const { transaction } = connector;
    if (transaction === null) return;
    const at = samples[0]?.at ?? this.#works.now();
    const { line, reactions } = this.#works;
    const cost = reactions.costOf(transaction);
    const event = transaction.event({ at, trigger, offline: !line.online, samples, cost });
    void line.outbox.add("transactionUpdated", event);
  }

  /** The connector on which a transaction runs. @param id ours, or the CSMS's */
  running(id: string | number): Connector | undefined {
    return [...this.#works.all.values()].find(({ transaction }) =>
      transaction !== null && (transaction.facts.id === id || transaction.facts.csmsId === id)
    );
  }

  /** A transaction by our id that runs, or is remembered. */
  transaction(id: string): Transaction | undefined {
    return this.running(id)?.transaction ?? this.ended.find(({ facts }) => facts.id === id);
  }

  /** The CSMS answered something that was said of a transaction. */
  answered(transactionId: string, { csmsId, idTokenInfo }: TransactionAnswer): void {
    const connector = this.running(transactionId);
    const transaction = this.transaction(transactionId);
    if (transaction === undefined) return;
    if (csmsId !== null) {
      transaction.facts = { ...transaction.facts, csmsId };
      this.#works.reactions.transactionChanged(transaction, "updated");
    }
    if (idTokenInfo === null) return;
    // What the CSMS says to the end is said of the token that ended it (1.6 §6.50).
    const { stopToken, facts } = transaction;
    this.#remember(csmsId === null && stopToken !== null ? stopToken : facts.idToken, idTokenInfo);
    if (connector === undefined) return;
    if (idTokenInfo.status === "Accepted") {
      transaction.groupId = idTokenInfo.groupId ?? transaction.groupId;
      transaction.invalidAtWh = null;
      this.#flow.look(connector);
    } else this.#deauthorized(connector, transaction, idTokenInfo);
  }

  /** 1.6 §4.8, 2.x E05: the token turned out not to be valid. */
  #deauthorized(connector: Connector, transaction: Transaction, { status }: IdTokenInfo): void {
    const { log, settings } = this.#works;
    log.warn("The CSMS does not accept the token of a running transaction", {
      connector: connector.id,
      status,
    });
    if (settings.get("stopTransactionOnInvalidId")) {
      void this.end(connector, { reason: "DeAuthorized", trigger: "Deauthorized" });
      return;
    }
    transaction.invalidAtWh ??= connector.meter?.importWh ?? 0;
    this.#flow.look(connector);
  }

  #remember(idToken: IdToken | null, info: IdTokenInfo): void {
    if (idToken !== null && learn(this.#works, idToken, info)) this.#works.reactions.listConflict();
  }

  /** The profile that came with a remote start is for this transaction (1.6 §5.11, F01.FR.11). */
  #installProfile({ id, transaction }: Connector, { profile }: Grant): void {
    if (profile === null || transaction === null) return;
    const { profiles, settings, log } = this.#works;
    const facts = {
      at: this.#works.now(),
      limits: profileLimits(settings),
      transaction: transaction.facts,
    };
    const refusal = profiles.install(id, profile, facts);
    if (refusal !== null) log.warn(refusal, { connector: id });
  }

  #takeScheduled(connector: Connector): void {
    const { scheduled } = connector;
    if (scheduled === null) return;
    connector.scheduled = null;
    connector.apply({ type: scheduled });
  }
}
