import type { Connector } from "./connector.ts";
import { sameToken } from "./tokens/token.ts";
import type { IdToken } from "./words.ts";

/**
 * Where a token belongs that is presented at the only reader of a station: where it is in use, else
 * where a car waits, where a connector is kept for it, or where one is free.
 * @param isFor whether nothing keeps this token from a connector
 */
export function pickConnector(
  all: readonly Connector[],
  idToken: IdToken,
  isFor: (connector: Connector) => boolean,
): Connector | undefined {
  const isMine = ({ transaction, grant }: Connector) => {
    const used = transaction?.facts.idToken ?? grant?.idToken ?? null;
    return used !== null && sameToken(used, idToken);
  };
  const free = all.filter(({ isTaken, grant }) => !isTaken && grant === null);
  return all.find(isMine) ??
    free.find(({ status }) => status === "Preparing" || status === "Finishing") ??
    free.find((connector) => connector.status === "Reserved" && isFor(connector)) ??
    free.find(({ status }) => status === "Available") ?? all[0];
}
