import type { Charging } from "./charging.ts";
import { deedOf, refused } from "../deed.ts";
import type { Deed } from "../driver.ts";
import type { IdToken } from "../words.ts";
import type { Works } from "../works.ts";

/**
 * A master pass is presented: it ends every transaction of a station that has no screen to choose one on,
 * and starts none (2.x C16).
 */
export async function endAll(works: Works, charging: Charging, stopToken: IdToken): Promise<Deed> {
  const ending = { reason: "MasterPass", trigger: "StopAuthorized", stopToken } as const;
  const ended = [...works.all.values()].flatMap((connector) => {
    const { transaction } = connector;
    const said = charging.end(connector, ending);
    return said === null || transaction === null ? [] : [{ said, transaction }];
  });
  const [first] = ended;
  if (first === undefined) {
    return refused(`"${stopToken.idToken}" is a master pass, and there is no transaction to end`);
  }
  const [said] = await Promise.all(ended.map(({ said }) => said));
  const deed = said === undefined ? refused("Nothing was ended") : deedOf(said);
  const isDone = deed.kind === "done" || deed.kind === "queued";
  return isDone ? { ...deed, transactionId: first.transaction.name } : deed;
}
