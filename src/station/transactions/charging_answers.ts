import type { Connector } from "../connector.ts";
import { limitGiven } from "../cost/limiting.ts";
import type { TransactionKind } from "../outbox/entry.ts";
import type { Spoken, TransactionAnswer } from "../spoken.ts";
import { remember } from "../survival.ts";
import { learn } from "../tokens/local_authorization.ts";
import { at } from "../tokens/token.ts";
import type { Transaction } from "./transaction.ts";
import type { IdToken, IdTokenInfo } from "../words.ts";
import type { Works } from "../works.ts";

/** Takes in what the CSMS answers to something that was said of a transaction. */
export function heard(
  works: Works,
  event: Spoken[TransactionKind]["event"],
  answer: TransactionAnswer,
): void {
  const { id } = event.transaction;
  const transaction = works.charging.transaction(id);
  const connector = works.charging.running(id);
  if (transaction !== undefined) heardOfToken(works, { event, answer, transaction, connector });
  const { totalCost: total = null, limit, message } = answer;
  if (message !== undefined && connector !== undefined) {
    works.services.facilities.greet(connector.id, message);
  }
  if (works.isServed && "meterStopWh" in event) {
    works.services.facilities.settlements.endAnswered(id, total);
  }
  if (total !== null) {
    works.services.facilities.runningCosts.keep(id, { total, at: works.now() });
    // What it costs may be all that there was to pay with.
    if (transaction?.limit) works.reactions.limitsChanged();
  }
  if (limit !== undefined) limitGiven(works, id, limit);
  if (connector !== undefined) remember(works.memory, connector);
}

function heardOfToken(
  works: Works,
  { event, answer: { csmsId, idTokenInfo }, transaction, connector }: {
    readonly event: Spoken[TransactionKind]["event"];
    readonly answer: TransactionAnswer;
    readonly transaction: Transaction;
    readonly connector: Connector | undefined;
  },
): void {
  if (csmsId !== null) {
    transaction.facts = { ...transaction.facts, csmsId };
    works.reactions.transactionChanged(transaction, "updated");
  }
  if (idTokenInfo === null) return;
  // What the CSMS says to the end is said of the token that ended it (1.6 §6.50).
  learnOf(works, event.stopToken ?? transaction.facts.idToken, idTokenInfo);
  if (connector === undefined || !transaction.isAuthorized) return;
  const { status } = at(idTokenInfo, connector.id);
  if (idTokenInfo.message) works.services.facilities.greet(connector.id, idTokenInfo.message);
  if (status === "Accepted") {
    transaction.groupId = idTokenInfo.groupId ?? transaction.groupId;
    transaction.invalidAtWh = null;
    works.flow.look(connector);
  } else deauthorized(works, { connector, transaction, status });
}

/** 1.6 §4.8, 2.x E05: the token turned out not to be valid. */
function deauthorized(
  works: Works,
  { connector, transaction, status }: {
    readonly connector: Connector;
    readonly transaction: Transaction;
    readonly status: IdTokenInfo["status"];
  },
): void {
  const { charging, log, settings } = works;
  log.warn("The CSMS does not accept the token of a running transaction", {
    connector: connector.id,
    status,
  });
  if (settings.get("stopTransactionOnInvalidId")) {
    void charging.stop(connector, { reason: "DeAuthorized", trigger: "Deauthorized" });
    return;
  }
  transaction.invalidAtWh ??= connector.meter?.importWh ?? 0;
  works.flow.look(connector);
}

function learnOf(works: Works, idToken: IdToken | null, info: IdTokenInfo): void {
  if (idToken !== null && learn(works, idToken, info)) works.reactions.listConflict();
}
