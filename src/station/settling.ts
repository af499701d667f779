import type { CostDetails } from "./cost/cost_details.ts";
import type { Said, TransactionAnswer } from "./spoken.ts";
import { isPaidOnSpot } from "./tokens/token.ts";
import type { Transaction } from "./transaction.ts";
import type { Works } from "./works.ts";

/**
 * The payment terminal of the station books what a transaction cost that began with a card there: what
 * the CSMS says to its end, or else what the station's own tariff makes of it (2.1 C20, C21). What was
 * paid for elsewhere came with a remote start, and is settled there (C24, C25).
 */
export async function settle(
  works: Works,
  { facts }: Transaction,
  cost: CostDetails | null,
  ended: Promise<Said<TransactionAnswer>>,
): Promise<void> {
  const { id: transactionId, idToken, remoteStartId } = facts;
  if (idToken === null || !isPaidOnSpot(idToken) || remoteStartId !== null) return;
  const said = await ended;
  const total = said.kind === "answered" ? said.answer.totalCost ?? null : null;
  const amount = total ?? cost?.total.inclTax ?? 0;
  void works.say("settlement", { transactionId, pspRef: idToken.idToken, amount, at: works.now() });
}
