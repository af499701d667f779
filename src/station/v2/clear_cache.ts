import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Empties the authorization cache, unless it is disabled (C11). */
export const clearCache = obeys<"2.1", "ClearCache">((station) => {
  if (!station.settings.get("authorizationCacheEnabled")) {
    const reject = refusing(station, "ClearCache", "Rejected");
    return reject("NotEnabled", "the authorization cache is disabled");
  }
  station.cache.clear();
  return { status: "Accepted" };
});
