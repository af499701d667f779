import type { Connector } from "../connector.ts";
import { settle } from "./settling.ts";
import type { ChargingState, Said, TransactionAnswer, Trigger } from "../spoken.ts";
import type { Transaction } from "./transaction.ts";
import type { IdToken, Sample, StopReason } from "../words.ts";
import type { Works } from "../works.ts";

/** How a use is ended, or the transaction with it. */
export interface Ending {
  readonly reason: StopReason;
  readonly trigger: Trigger;
  /** The token that ended it, if one did. */
  readonly stopToken?: IdToken;
  /** How it stands at its end; absent: as the cable says. */
  readonly chargingState?: ChargingState;
}

/** Ends the transaction of a connector on which nothing flows any longer, and says so. */
export function endTransaction(
  works: Works,
  { connector, transaction, samples, ending }: {
    readonly connector: Connector;
    readonly transaction: Transaction;
    readonly samples: readonly Sample[];
    readonly ending: Ending;
  },
): Promise<Said<TransactionAnswer>> {
  const { trigger, stopToken = null, chargingState } = ending;
  // What was decided first is why it ends, however long it took.
  const reason = transaction.stopping ?? ending.reason;
  const at = works.now();
  transaction.chargingState = chargingState ?? (connector.state.plugged ? "EVConnected" : "Idle");
  const cost = works.reactions.costOf(transaction);
  const event = transaction.event({ at, trigger, offline: !works.line.online, samples, cost });
  const meterStopWh = works.meterOf(connector).importWh;
  const ended = transaction.ended(event, { at, reason, meterStopWh }, stopToken);
  const said = works.line.outbox.add("transactionEnded", ended);
  void settle(works, transaction, cost, said);
  transaction.data = [];
  connector.transaction = null;
  connector.heldBack = false;
  works.log.info("A transaction ends", {
    connector: connector.id,
    reason,
    energyWh: meterStopWh - transaction.facts.meterStartWh,
  });
  works.profiles.transactionEnded(connector.id);
  return said;
}
