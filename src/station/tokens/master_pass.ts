import type { Charger } from "../charger.ts";
import type { IdToken } from "../words.ts";
import { sameToken, UNTYPED } from "./token.ts";

/** Whether a group is the one whose tokens end every transaction, and start none (2.x C16). */
export function isMasterPass(
  { settings }: Pick<Charger, "settings">,
  groupId: IdToken | null,
): boolean {
  const master = settings.get("masterPassGroupId");
  return master !== "" && groupId !== null &&
    sameToken(groupId, { idToken: master, type: UNTYPED });
}
