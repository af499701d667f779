import type { VersionId } from "../ocpp/mod.ts";
import type { Dialect } from "./dialect.ts";

/** Each dialect is loaded when a station first speaks it. */
const LOADERS = {
  "1.6": async () => (await import("./v16/dialect.ts")).dialect16,
  "2.0.1": async () => (await import("./v2/dialect.ts")).dialect201,
  "2.1": async () => (await import("./v2/dialect.ts")).dialect21,
} as const satisfies Record<VersionId, () => Promise<Dialect>>;

/** How stations speak a version. */
export function loadDialect(id: VersionId): Promise<Dialect> {
  return LOADERS[id]();
}
