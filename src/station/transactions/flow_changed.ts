import type { Connector } from "../connector.ts";
import { LIMIT_REASONS } from "../cost/transaction_limit.ts";
import type { Transaction } from "./transaction.ts";
import { endsWith } from "./tx_points.ts";
import type { StopReason } from "../words.ts";
import type { Works } from "../works.ts";

/** What flows on a connector may be otherwise than before: a transaction may begin or end with it (2.x E15). */
export function flowChanged(works: Works, connector: Connector): void {
  const { transaction, chargingState } = connector;
  const { charging, reactions, settings } = works;
  const trigger = transaction?.reached ?? "ChargingStateChanged";
  if (transaction === null) {
    if (connector.isFlowing && charging.begin(connector, trigger) !== null) connector.dropGrant();
    return;
  }
  const before = transaction.chargingState;
  if (chargingState === before) return;
  if (before === "Charging" && endsWith(settings.get("txStopPoint"), "flow")) {
    const reason = chargingState === "SuspendedEV" ? "StoppedByEV" : stopReason(transaction);
    void charging.end(connector, { reason, trigger, chargingState });
    return;
  }
  transaction.chargingState = chargingState;
  void charging.updated(connector, trigger, []);
  reactions.transactionChanged(transaction, "updated");
}

/** Why the station gives no more. */
function stopReason({ reached, invalidAtWh }: Transaction): StopReason {
  if (reached !== null) return LIMIT_REASONS[reached];
  return invalidAtWh === null ? "Other" : "DeAuthorized";
}
