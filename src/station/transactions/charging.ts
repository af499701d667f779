import { adoptGrant, beginTransaction } from "./begin_transaction.ts";
import type { Connector, Grant } from "../connector.ts";
import { isRunning } from "../connector_state.ts";
import { type Ending, endTransaction } from "./end_transaction.ts";
import type { Flow } from "./flow.ts";
import type { Metering } from "./metering.ts";
import type { Said, TransactionAnswer, Trigger } from "../spoken.ts";
import type { Transaction } from "./transaction.ts";
import { startPointAt } from "./start_point_at.ts";
import { endsWith } from "./tx_points.ts";
import type { IdToken, Sample } from "../words.ts";
import type { Works } from "../works.ts";

/** What the CSMS says to something that was said of a transaction; `null`: nothing was said. */
type Word = Promise<Said<TransactionAnswer>> | null;

/** So many transactions that ended are remembered, for whoever looks. */
const REMEMBERED = 10;

/**
 * Transactions. A use of a connector needs a car and somebody who may charge; energy flows when both are
 * there. Where in its course a transaction begins and ends, TxStartPoint and TxStopPoint say (2.x E01,
 * E06): in 1.6 it begins with both, and ends with either.
 */
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
   * Somebody may charge here, and does when the car is there, or else once it is, for as long as
   * ConnectionTimeOut lets it wait (1.6 §9.1.8, 2.x E03).
   */
  grant(connector: Connector, granted: Omit<Grant, "reservationId">): Word {
    const { idToken, groupId, remote } = granted;
    connector.apply({ type: "authorized" });
    const reservationId = this.#works.reserving.take(connector, idToken, groupId);
    connector.grant = { ...granted, reservationId };
    const said = this.#advance(connector, remote ? "RemoteStart" : "Authorized");
    if (!connector.state.plugged) this.#awaitCar(connector);
    return said;
  }

  /** Nobody will charge on that grant. */
  giveUp(connector: Connector): void {
    const reservationId = connector.transaction === null ? connector.grant?.reservationId : null;
    connector.dropGrant();
    if (isRunning(connector.state) && connector.transaction === null) {
      this.#flow.stop(connector);
      connector.apply({ type: "stopped" });
      connector.takeScheduled();
      this.#works.reactions.transactionEnded();
    } else connector.apply({ type: "given-up" });
    if (typeof reservationId === "number") this.#works.reserving.wasted(reservationId);
  }

  /** A car was plugged in. What the CSMS says when a transaction begins with it; `null`: none does. */
  plugged(connector: Connector): Word {
    const { transaction } = connector;
    const said = this.#advance(connector, "CablePluggedIn");
    if (transaction !== null) this.#works.limitsChanged();
    return transaction === null ? said : null;
  }

  /** The car is being unplugged (2.x E09, E10). What the CSMS says to the end that it leads to, if it does. */
  unplugged(connector: Connector): Word {
    const { transaction } = connector;
    const said = transaction === null ? null : this.#carLeaves(connector, transaction);
    if (connector.transaction === null && isRunning(connector.state)) this.giveUp(connector);
    connector.apply({ type: "unplugged" });
    connector.meter?.disconnect();
    if (connector.transaction !== null) this.#works.limitsChanged();
    return said;
  }

  /**
   * Whoever charges may no longer. The transaction ends with it, or goes on until the car leaves
   * (TxStopPoint, 2.x E06); asked once more, it ends. `null`: there is none.
   */
  stop(connector: Connector, ending: Ending): Word {
    const { transaction } = connector;
    if (transaction === null) return null;
    const points = this.#works.settings.get("txStopPoint");
    const goesOn = transaction.isAuthorized && connector.state.plugged &&
      !endsWith(points, "token") && !(connector.isFlowing && endsWith(points, "flow"));
    if (!goesOn) return this.end(connector, ending);
    connector.dropGrant();
    this.#flow.stop(connector);
    transaction.stopping = ending.reason;
    transaction.stopToken = ending.stopToken ?? null;
    transaction.chargingState = "EVConnected";
    const said = this.updated(connector, ending.trigger, [], ending.stopToken);
    connector.apply({ type: "stopped" });
    this.#works.reactions.transactionChanged(transaction, "updated");
    this.#works.limitsChanged();
    return said;
  }

  /** Ends what runs on a connector, whatever TxStopPoint says; `null`: nothing does. */
  end(connector: Connector, ending: Ending): Word {
    const { transaction, grant } = connector;
    if (transaction === null) return null;
    connector.dropGrant();
    this.#flow.stop(connector);
    const samples = this.#metering.end(connector);
    const said = endTransaction(this.#works, { connector, transaction, samples, ending });
    this.ended = [transaction, ...this.ended].slice(0, REMEMBERED);
    connector.apply({ type: grant === null ? "stopped" : "given-up" });
    connector.takeScheduled();
    this.#works.reactions.transactionChanged(transaction, "ended");
    this.#works.reactions.transactionEnded();
    return said;
  }

  /** Says that something about a running transaction is new. */
  updated(
    connector: Connector,
    trigger: Trigger,
    samples: readonly Sample[],
    stopToken?: IdToken,
  ): Word {
    const { transaction } = connector;
    if (transaction === null) return null;
    const at = samples[0]?.at ?? this.#works.now();
    const { line, reactions } = this.#works;
    const cost = reactions.costOf(transaction);
    const token = stopToken === undefined ? {} : { stopToken };
    const what = { at, trigger, offline: !line.online, samples, cost, ...token };
    return line.outbox.add("transactionUpdated", transaction.event(what));
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

  /** A car or an authorization came: a transaction begins or goes on, and energy may flow. */
  #advance(connector: Connector, trigger: Trigger): Word {
    const { transaction, grant } = connector;
    let said: Word;
    if (transaction === null) said = this.begin(connector, trigger);
    else {
      const isNew = grant !== null && transaction.facts.idToken === null;
      if (isNew) adoptGrant(this.#works, connector, grant);
      const isBack = trigger === "CablePluggedIn";
      transaction.chargingState = isBack ? "EVConnected" : connector.chargingState;
      said = this.updated(connector, trigger, []);
    }
    this.#closePath(connector);
    return said;
  }

  /** A transaction begins if TxStartPoint says so (2.x E01); `null`: it does not. */
  begin(connector: Connector, trigger: Trigger): Word {
    const point = startPointAt(this.#works, connector);
    if (point === null) return null;
    const isDetected = point === "ParkingBayOccupancy" && trigger === "CablePluggedIn";
    const why = isDetected ? "EVDetected" : point === "DataSigned" ? "SignedDataReceived" : trigger;
    const said = beginTransaction(this.#works, this.#metering, connector, why);
    const { transaction } = connector;
    if (isDetected && transaction !== null) {
      transaction.chargingState = connector.chargingState;
      void this.updated(connector, trigger, []);
    }
    return said;
  }

  /** With a car and an authorization there is energy. */
  #closePath(connector: Connector): void {
    const { grant, state, status, transaction } = connector;
    if (grant === null || !state.plugged || status !== "Preparing") return;
    // Without a transaction, which begins with the energy, the grant stays for it.
    if (transaction !== null) connector.dropGrant();
    else connector.stopWaiting();
    this.#works.meterOf(connector);
    connector.apply({ type: "started" });
    this.#works.limitsChanged();
  }

  #awaitCar(connector: Connector): void {
    const { clock, log, settings } = this.#works;
    connector.stopWaiting();
    connector.plugTimer = clock.after(settings.get("connectionTimeOut") * 1000, () => {
      log.info("Nobody plugged in in time", { connector: connector.id });
      if (connector.transaction === null) return this.giveUp(connector);
      void this.stop(connector, { reason: "Timeout", trigger: "EVConnectTimeout" });
    });
  }

  #carLeaves(connector: Connector, transaction: Transaction): Word {
    const { settings } = this.#works;
    const points = settings.get("txStopPoint");
    const ends = !transaction.isAuthorized || settings.get("stopTransactionOnEVSideDisconnect") ||
      endsWith(points, "car") || connector.isFlowing && endsWith(points, "flow");
    const isSeen = ends && points.includes("ParkingBayOccupancy");
    if (ends && !isSeen) return this.end(connector, CAR_LEFT);
    this.#flow.stop(connector);
    transaction.chargingState = "Idle";
    void this.updated(connector, "EVCommunicationLost", []);
    return isSeen ? this.end(connector, { ...CAR_LEFT, trigger: "EVDeparted" }) : null;
  }
}

const CAR_LEFT = {
  reason: "EVDisconnected",
  trigger: "EVCommunicationLost",
  chargingState: "Idle",
} as const satisfies Ending;
