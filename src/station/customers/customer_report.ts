import type { Charger } from "../charger.ts";
import type { Transaction } from "../transactions/transaction.ts";
import { sameToken } from "../tokens/token.ts";
import type { IdToken, IdTokenInfo } from "../words.ts";

/** What a station may know of a customer. */
export type CustomerSources = Pick<Charger, "cache" | "localList" | "reservations"> & {
  /** Those that run, and the last that ended. */
  readonly transactions: readonly Pick<Transaction, "facts" | "end">[];
};

/**
 * What a station knows of a token, one thing to a line (2.x N09); empty: nothing.
 *
 * @param now the station's clock, milliseconds since 1970
 */
export function customerReport(sources: CustomerSources, idToken: IdToken, now: number): string {
  const { cache, localList, reservations, transactions } = sources;
  const cached = cache.find(idToken, now, 0);
  const listed = localList.find(idToken);
  const kept = reservations.all.filter((one) => sameToken(one.idToken, idToken));
  const own = transactions.filter(({ facts }) =>
    facts.idToken !== null && sameToken(facts.idToken, idToken)
  );
  return [
    ...(cached === null ? [] : [`Authorization cache: ${infoLine(cached)}`]),
    ...(listed === null ? [] : [`Local authorization list: ${infoLine(listed)}`]),
    ...kept.map(({ id, connectorId, expiresAt }) =>
      `Reservation ${id}: EVSE ${connectorId}, until ${iso(expiresAt)}`
    ),
    ...own.map(({ facts, end }) => {
      const energy = end === null ? "" : `, ${end.meterStopWh - facts.meterStartWh} Wh`;
      const until = end === null ? "running" : `until ${iso(end.at)}`;
      return `Transaction ${facts.id}: EVSE ${facts.connectorId}, from ${
        iso(facts.startedAt)
      }, ${until}${energy}`;
    }),
  ].join("\n");
}

function infoLine({ status, groupId, expiresAt }: IdTokenInfo): string {
  const group = groupId === null ? "" : `, group ${groupId.idToken}`;
  return `${status}${group}${expiresAt === null ? "" : `, until ${iso(expiresAt)}`}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
