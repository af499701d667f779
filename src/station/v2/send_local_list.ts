import type { v21 } from "../../ocpp/mod.ts";
import { obeys } from "../dialect.ts";
import { isIdToken, readIdToken, readIdTokenInfo } from "./id_token.ts";
import { type ReasonCode, refusing } from "./status_info.ts";

const REASONS = {
  list: "OutOfStorage",
  token: "InvalidIdToken",
  update: "TooManyElements",
  version: "InvalidValue",
} as const satisfies Record<string, ReasonCode>;

/** Replaces or changes the local list (D01). */
export const sendLocalList = obeys<"2.1", "SendLocalList">((station, request) => {
  const { settings, localList } = station;
  const { versionNumber, updateType, localAuthorizationList = [] } = request;
  const fail = refusing(station, "SendLocalList", "Failed");
  if (!settings.get("localAuthListEnabled")) {
    return fail("NotEnabled", "the local list is disabled");
  }
  if (!isList(localAuthorizationList)) {
    return fail("InvalidIdToken", "it has an entry without an idToken");
  }
  const updated = localList.update(
    versionNumber,
    updateType === "Full" ? "full" : "differential",
    localAuthorizationList.map(({ idToken, idTokenInfo }) => ({
      idToken: readIdToken(idToken),
      info: idTokenInfo ? readIdTokenInfo(idTokenInfo) : null,
    })),
    {
      inUpdate: settings.get("sendLocalListMaxLength"),
      inAll: settings.get("localAuthListMaxLength"),
    },
  );
  if (updated.status === "Accepted") return { status: "Accepted" };
  return refusing(station, "SendLocalList", updated.status)(REASONS[updated.fault], updated.reason);
});

/** A lenient station may be sent anything. */
function isList(list: unknown): list is v21.AuthorizationData[] {
  return Array.isArray(list) && list.every((entry) => isIdToken(entry?.idToken));
}
