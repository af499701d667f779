import { CallRefused, obeys } from "../dialect.ts";
import { CONFIGURATION_KEYS, findKey, keyValue } from "./configuration_keys.ts";
import { cut } from "../traffic/cut.ts";

/** GetConfiguration.req (1.6 §5.8). */
export const getConfiguration = obeys<"1.6", "GetConfiguration">(({ settings }, { key }) => {
  const asked = Array.isArray(key) ? key.map(String) : [];
  const most = settings.get("getConfigurationMaxKeys");
  if (asked.length > most) {
    throw new CallRefused(
      "OccurrenceConstraintViolation",
      `At most ${most} keys can be asked for at once (GetConfigurationMaxKeys), found: ${asked.length}`,
    );
  }
  const known = asked.length === 0
    ? CONFIGURATION_KEYS
    : asked.flatMap((name) => findKey(name) ?? []);
  const unknown = asked.filter((name) => findKey(name) === undefined);
  return {
    ...(known.length === 0
      ? {}
      : { configurationKey: known.map((one) => keyValue(settings, one)) }),
    ...(unknown.length === 0 ? {} : { unknownKey: unknown.map((name) => cut(name, 50)) }),
  };
});
