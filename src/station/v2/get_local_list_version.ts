import { obeys } from "../dialect.ts";

/** The version of the local list: 0 when it is empty or disabled (D02). */
export const getLocalListVersion = obeys<"2.1", "GetLocalListVersion">(
  ({ settings, localList }) => ({
    versionNumber: settings.get("localAuthListEnabled") ? localList.version : 0,
  }),
);
