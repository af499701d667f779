import type { ConnectorFacts } from "../charger.ts";
import type { Works } from "../works.ts";

/**
 * What a display says of the price when nobody told it: while a transaction runs (2.x I04), and when one
 * has just ended (I05); `null`: nothing.
 */
export function fallbackMessage(
  { settings, charging }: Pick<Works, "charging" | "settings">,
  { id, status, transaction }: ConnectorFacts,
  isCostKnown: (transactionId: string) => boolean,
): string | null {
  if (transaction !== null) {
    return isCostKnown(transaction.id) ? null : settings.get("tariffFallbackMessage") || null;
  }
  const last = charging.ended.find(({ facts }) => facts.connectorId === id);
  if (status !== "Finishing" || last === undefined || isCostKnown(last.facts.id)) return null;
  return settings.get("totalCostFallbackMessage") || null;
}
