import { obeys } from "../dialect.ts";

/** GetLocalListVersion.req (1.6 §5.10): 0 for an empty list, -1 for none at all. */
export const getLocalListVersion = obeys<"1.6", "GetLocalListVersion">((
  { settings, localList },
) => ({
  listVersion: settings.get("localAuthListEnabled") ? localList.version : -1,
}));
