import { sameToken } from "../tokens/token.ts";
import type { IdToken } from "../words.ts";
import type { Works } from "../works.ts";
import type { CustomerSources } from "./customer_report.ts";

/** What a station may know of a customer (2.x N09). */
export function sourcesOf(
  { cache, localList, reservations, all, charging }: Works,
): CustomerSources {
  const running = [...all.values()].flatMap(({ transaction }) => transaction ?? []);
  return { cache, localList, reservations, transactions: [...running, ...charging.ended] };
}

/**
 * Forgets a customer (2.x N10): in the cache, and whose the transactions were that ended. The local
 * list is the CSMS's to change; what is under way needs its token.
 */
export function forgetCustomer({ cache, charging }: Works, idToken: IdToken): void {
  cache.forget(idToken);
  for (const transaction of charging.ended) {
    const { facts, stopToken } = transaction;
    if (facts.idToken !== null && sameToken(facts.idToken, idToken)) {
      transaction.facts = { ...facts, idToken: null };
    }
    if (stopToken !== null && sameToken(stopToken, idToken)) transaction.stopToken = null;
  }
}
