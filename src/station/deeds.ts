import type { Payload } from "../ocpp/mod.ts";
import type { Authorizer } from "./authorizer.ts";
import { carFor } from "./car_for.ts";
import { callByHand } from "./line/call_by_hand.ts";
import type { Charging } from "./transactions/charging.ts";
import type { Connector } from "./connector.ts";
import { deedOf, DONE, named, refused } from "./deed.ts";
import type { Deed, Driver } from "./driver.ts";
import { endAll } from "./transactions/end_all.ts";
import type { Car, CarInput } from "./energy/car.ts";
import type { LineHost } from "./line/line_ports.ts";
import { makeStatus } from "./make_status.ts";
import { pickConnector } from "./pick_connector.ts";
import type { Said } from "./spoken.ts";
import { isMasterPass } from "./tokens/master_pass.ts";
import { NO_AUTHORIZATION, sameGroup, sameToken } from "./tokens/token.ts";
import { ENDS_AUTHORIZATION, STOP_TRIGGER } from "./transactions/stop_trigger.ts";
import type { Transaction } from "./transactions/transaction.ts";
import type { ConnectorStatus, IdToken, StopReason } from "./words.ts";
import type { Works } from "./works.ts";

/** What drivers, cars and faults do to one station. */
export class Deeds implements Driver {
  readonly #works: Works & Pick<LineHost, "languages">;
  readonly #charging: Charging;
  readonly #authorizer: Authorizer;

  constructor(
    works: Works & Pick<LineHost, "languages">,
    charging: Charging,
    authorizer: Authorizer,
  ) {
    this.#works = works;
    this.#charging = charging;
    this.#authorizer = authorizer;
  }

  async plug(connectorId: number, car?: CarInput): Promise<Deed> {
    const connector = this.#works.all.get(connectorId);
    if (connector === undefined) return this.#unknown(connectorId);
    return await this.plugCar(connectorId, carFor(this.#works, connector, car));
  }

  /** A cable goes into this very car. */
  async plugCar(connectorId: number, car: Car): Promise<Deed> {
    const connector = this.#works.all.get(connectorId);
    if (connector === undefined) return this.#unknown(connectorId);
    if (connector.state.plugged) return refused(`Connector ${connectorId} has a car already`);
    this.#works.meterOf(connector).connect(car);
    connector.apply({ type: "plugged" });
    const began = this.#charging.plugged(connector);
    return began === null ? DONE : await this.#startDeed(connector, began);
  }

  async unplug(connectorId: number): Promise<Deed> {
    const connector = this.#works.all.get(connectorId);
    if (connector === undefined) return this.#unknown(connectorId);
    if (!connector.state.plugged) {
      return refused(`No car is plugged in at connector ${connectorId}`);
    }
    const { transaction } = connector;
    const ended = this.#charging.unplugged(connector);
    return ended === null ? DONE : named(deedOf(await ended), transaction);
  }

  async authorize(connectorId: number | null, idToken: IdToken): Promise<Deed> {
    const connector = connectorId === null ? this.#pick(idToken) : this.#works.all.get(connectorId);
    if (connector === undefined) return this.#unknown(connectorId);
    const deed = await this.#present(connector, idToken);
    const isPicked = connectorId === null && (deed.kind === "done" || deed.kind === "queued");
    return isPicked ? { ...deed, connectorId: connector.id } : deed;
  }

  async startTransaction(connectorId: number, idToken: IdToken | null): Promise<Deed> {
    const connector = this.#works.all.get(connectorId);
    if (connector === undefined) return this.#unknown(connectorId);
    const { grant, isTaken, transaction } = connector;
    if (isTaken) {
      return refused(`Transaction ${transaction?.name} runs on connector ${connectorId}`);
    }
    const isFree = !this.#works.settings.get("authorizationEnabled");
    const nobody = isFree ? { idToken: "", type: NO_AUTHORIZATION } : undefined;
    const token = idToken ?? grant?.idToken ?? nobody;
    if (token === undefined) {
      return refused(`Nobody is authorized on connector ${connectorId}: give an idToken`);
    }
    const isGranted = grant !== null && sameToken(grant.idToken, token);
    const admitted = isGranted ? DONE : await this.#admit(connector, token);
    const isDone = admitted.kind === "done" || admitted.kind === "queued";
    if (!isDone || connector.state.plugged && !isGranted) return admitted;
    const plugged = await this.plug(connectorId);
    // What began with the token (TxStartPoint) was told then.
    return admitted.transactionId === undefined || plugged.kind !== "done" ? plugged : admitted;
  }

  async stopTransaction(
    connectorId: number,
    { reason = "Local", idToken }: { reason?: StopReason; idToken?: IdToken },
  ): Promise<Deed> {
    const connector = this.#works.all.get(connectorId);
    if (connector === undefined) return this.#unknown(connectorId);
    const { transaction } = connector;
    if (transaction === null) return refused(`No transaction runs on connector ${connectorId}`);
    return await this.#end(connector, transaction, reason, idToken);
  }

  async status(
    connectorId: number,
    to: { readonly status: ConnectorStatus; readonly errorCode?: string; readonly info?: string },
  ): Promise<Deed> {
    const connectors = connectorId === 0
      ? [...this.#works.all.values()]
      : [this.#works.all.get(connectorId)].filter((one) => one !== undefined);
    if (connectors.length === 0) return this.#unknown(connectorId);
    return await makeStatus(this.#works, this.#charging, {
      connectorId,
      connectors,
      to,
      deeds: this,
    });
  }

  async call(action: string, payload: Payload): Promise<Deed> {
    return await callByHand(this.#works, action, payload);
  }

  async #present(connector: Connector, idToken: IdToken): Promise<Deed> {
    const { transaction, grant } = connector;
    if (connector.isTaken && transaction !== null) {
      return await this.#presentAgain(connector, transaction, idToken);
    }
    if (grant === null || !sameToken(grant.idToken, idToken)) {
      return await this.#admit(connector, idToken);
    }
    this.#charging.giveUp(connector);
    return DONE;
  }

  /** Asks whether the token is good, and lets its bearer use the connector. */
  async #admit(connector: Connector, idToken: IdToken): Promise<Deed> {
    const before = this.#obstacle(connector, idToken) ??
      this.#works.reserving.againstUnasked(connector, idToken);
    if (before !== null) return refused(before);
    const verdict = await this.#authorizer.ask(idToken, connector.id);
    if (verdict.kind === "timeout") return verdict;
    if (verdict.kind === "refused") return refused(verdict.reason, verdict.csms);
    const { groupId } = verdict.info;
    if (isMasterPass(this.#works, groupId)) {
      return await endAll(this.#works, this.#charging, idToken);
    }
    // Much may have happened while the CSMS thought about it.
    const now = this.#obstacle(connector, idToken) ??
      this.#works.reserving.against(connector, idToken, groupId);
    if (now !== null) return refused(now);
    const began = this.#charging.grant(connector, {
      idToken,
      groupId,
      profile: null,
      tariff: verdict.tariff ?? null,
      remoteStartId: null,
      remote: false,
    });
    if (began !== null) return await this.#startDeed(connector, began);
    return verdict.csms === undefined ? DONE : { kind: "done", csms: verdict.csms };
  }

  /** What the CSMS says to a start decides whether it is one. */
  async #startDeed({ transaction }: Connector, said: Promise<Said<unknown>>): Promise<Deed> {
    const deed = deedOf(await said);
    if (deed.kind === "done" && transaction?.isDeauthorized) {
      return refused("The CSMS did not accept the token: nothing is charged", deed.csms);
    }
    return named(deed, transaction);
  }

  /** Why a connector cannot be used by this token now, reservations apart; `null`: it can. */
  #obstacle(connector: Connector, idToken: IdToken): string | null {
    const { line, settings } = this.#works;
    if (!line.accepted && !settings.get("txBeforeAcceptedEnabled")) {
      return "The CSMS has not accepted the station's boot yet";
    }
    const { id, status, grant } = connector;
    if (connector.isTaken) return `A transaction runs on connector ${id} already`;
    if (grant !== null && !sameToken(grant.idToken, idToken)) {
      return `Connector ${id} waits for the car of "${grant.idToken.idToken}"`;
    }
    if (status === "Faulted" || status === "Unavailable") return `Connector ${id} is ${status}`;
    return null;
  }

  /** A token is presented where a transaction runs: its own, or one of its group, ends it (1.6 §4.2). */
  async #presentAgain(
    connector: Connector,
    transaction: Transaction,
    idToken: IdToken,
  ): Promise<Deed> {
    if (!transaction.isAuthorized) {
      return refused(`Transaction ${transaction.name} is stopped, and ends when the car leaves`);
    }
    const own = transaction.facts.idToken;
    const other = refused(`Another token's transaction runs on connector ${connector.id}`);
    if (own === null || !sameToken(own, idToken)) {
      const { groupId } = transaction;
      const hasMaster = this.#works.settings.get("masterPassGroupId") !== "";
      if (groupId === null && !hasMaster) return other;
      const verdict = await this.#authorizer.ask(idToken, connector.id);
      if (verdict.kind === "timeout") return verdict;
      if (verdict.kind === "refused") return refused(verdict.reason, verdict.csms);
      if (isMasterPass(this.#works, verdict.info.groupId)) {
        return await endAll(this.#works, this.#charging, idToken);
      }
      const isOfGroup = sameGroup(verdict.info.groupId, groupId);
      if (!isOfGroup || connector.transaction !== transaction) return other;
    }
    return await this.#end(connector, transaction, "Local", idToken);
  }

  async #end(
    connector: Connector,
    transaction: Transaction,
    reason: StopReason,
    stopToken?: IdToken,
  ): Promise<Deed> {
    const trigger = stopToken === undefined ? STOP_TRIGGER[reason] : "StopAuthorized";
    const ending = { reason, trigger, ...(stopToken === undefined ? {} : { stopToken }) };
    const ended = ENDS_AUTHORIZATION.includes(trigger)
      ? this.#charging.stop(connector, ending)
      : this.#charging.end(connector, ending);
    if (ended === null) return refused(`No transaction runs on connector ${connector.id}`);
    return named(deedOf(await ended), transaction);
  }

  #pick(idToken: IdToken): Connector | undefined {
    return pickConnector(
      [...this.#works.all.values()],
      idToken,
      (connector) =>
        this.#obstacle(connector, idToken) === null &&
        this.#works.reserving.against(connector, idToken, null) === null,
    );
  }

  #unknown(connectorId: number | null): Deed {
    const ids = [...this.#works.all.keys()].join(", ");
    return refused(`There is no connector ${connectorId ?? ""}: this station has ${ids}`);
  }
}
