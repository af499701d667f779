import type { v16 } from "../../ocpp/mod.ts";
import { obeys } from "../dialect.ts";
import { idTag, readIdTagInfo } from "./id_tag.ts";

/** SendLocalList.req (1.6 §5.15). */
export const sendLocalList = obeys<"1.6", "SendLocalList">((station, request) => {
  const { settings, localList, log } = station;
  const { listVersion, updateType, localAuthorizationList = [] } = request;
  if (!settings.get("localAuthListEnabled")) return { status: "NotSupported" };
  if (!isList(localAuthorizationList)) return { status: "Failed" };
  const updated = localList.update(
    listVersion,
    updateType === "Full" ? "full" : "differential",
    localAuthorizationList.map((entry) => ({
      idToken: idTag(entry.idTag),
      info: entry.idTagInfo ? readIdTagInfo(entry.idTagInfo) : null,
    })),
    {
      inUpdate: settings.get("sendLocalListMaxLength"),
      inAll: settings.get("localAuthListMaxLength"),
    },
  );
  if (updated.status !== "Accepted") {
    log.info("Refused an update of the local list", { reason: updated.reason });
  }
  return { status: updated.status };
});

/** A lenient station may be sent anything. */
function isList(list: unknown): list is v16.AuthorizationData[] {
  return Array.isArray(list) && list.every((entry) => typeof entry?.idTag === "string");
}
