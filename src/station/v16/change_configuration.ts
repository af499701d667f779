import { Answer, obeys } from "../dialect.ts";
import { findKey } from "./configuration_keys.ts";

/** ChangeConfiguration.req (1.6 §5.3). A change takes effect once its answer is out. */
export const changeConfiguration = obeys<"1.6", "ChangeConfiguration">(
  (station, { key, value }) => {
    const found = findKey(key);
    if (found === undefined) return { status: "NotSupported" };
    const written = found.isReadOnly
      ? { verdict: "rejected", reason: `Cannot set "${found.key}": it is read-only` } as const
      : station.settings.write(found.setting, String(value));
    if (written.verdict === "rejected") {
      station.log.info("Rejected a change of the configuration", { reason: written.reason });
      return { status: "Rejected" };
    }
    const status = written.verdict === "accepted" ? "Accepted" : "RebootRequired";
    return new Answer({ status }, written.announce);
  },
);
