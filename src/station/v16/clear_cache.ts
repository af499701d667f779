import { obeys } from "../dialect.ts";

/** ClearCache.req (1.6 §5.4): a cache that is disabled cannot be cleared. */
export const clearCache = obeys<"1.6", "ClearCache">(({ settings, cache }) => {
  if (!settings.get("authorizationCacheEnabled")) return { status: "Rejected" };
  cache.clear();
  return { status: "Accepted" };
});
