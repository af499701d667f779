import type { Connector, Grant } from "../connector.ts";
import type { Metering } from "./metering.ts";
import { profileLimits } from "../smart/profile_limits.ts";
import type { Said, TransactionAnswer, Trigger } from "../spoken.ts";
import { Transaction } from "./transaction.ts";
import type { Works } from "../works.ts";

/** Begins a transaction on a connector, of whom its grant names, and says so. */
export function beginTransaction(
  works: Works,
  metering: Metering,
  connector: Connector,
  trigger: Trigger,
): Promise<Said<TransactionAnswer>> {
  const { grant, id: connectorId } = connector;
  const at = works.now();
  const transaction = new Transaction({
    id: works.line.newId(),
    csmsId: null,
    connectorId,
    idToken: grant?.idToken ?? null,
    startedAt: at,
    meterStartWh: works.meterOf(connector).importWh,
    reservationId: grant?.reservationId ?? null,
    remoteStartId: grant?.remoteStartId ?? null,
  }, grant?.groupId ?? null);
  connector.transaction = transaction;
  if (grant !== null) installProfile(works, connector, grant);
  transaction.chargingState = trigger === "EVDetected" ? "Idle" : connector.chargingState;
  const samples = metering.begin(connector);
  const event = transaction.event({ at, trigger, offline: !works.line.online, samples });
  // The start is said before the status that follows from it.
  const said = works.line.outbox.add("transactionStarted", event);
  works.log.info("A transaction begins", {
    connector: connectorId,
    idToken: grant?.idToken.idToken ?? null,
  });
  works.reactions.transactionChanged(transaction, "started");
  if (grant?.tariff) works.reactions.tariffGiven(transaction, grant.tariff);
  return said;
}

/** A transaction that runs already is from now on the one of whom a grant names (2.x E02). */
export function adoptGrant(works: Works, connector: Connector, grant: Grant): void {
  const { transaction } = connector;
  if (transaction === null) return;
  const { idToken, groupId, reservationId, remoteStartId, tariff } = grant;
  transaction.facts = { ...transaction.facts, idToken, reservationId, remoteStartId };
  transaction.groupId = groupId;
  installProfile(works, connector, grant);
  works.reactions.transactionChanged(transaction, "updated");
  if (tariff !== null) works.reactions.tariffGiven(transaction, tariff);
}

/** The profile that came with a remote start is for this transaction (1.6 §5.11, F01.FR.11). */
function installProfile(works: Works, { id, transaction }: Connector, { profile }: Grant): void {
  if (profile === null || transaction === null) return;
  const { profiles, settings, log } = works;
  const facts = {
    at: works.now(),
    limits: profileLimits(settings),
    transaction: transaction.facts,
  };
  const refusal = profiles.install(id, profile, facts);
  if (refusal !== null) log.warn(refusal, { connector: id });
}
