import { once } from "./once.ts";
import type { OcppVersion, VersionId } from "./version.ts";
import type { Payloads as Payloads16 } from "./v16/types.ts";
import type { Payloads as Payloads201 } from "./v201/types.ts";
import type { Payloads as Payloads21 } from "./v21/types.ts";

/** The payloads and data types of each version: `v16.IdTagInfo`, `v21.IdTokenType`. */
export type * as v16 from "./v16/types.ts";
export type * as v201 from "./v201/types.ts";
export type * as v21 from "./v21/types.ts";

/** From version and action to payload: `PayloadsOf["1.6"]["Reset"]["request"]`. */
export interface PayloadsOf {
  "1.6": Payloads16;
  "2.0.1": Payloads201;
  "2.1": Payloads21;
}

const LOADERS = {
  "1.6": once(async () => (await import("./v16/version.ts")).version16),
  "2.0.1": once(async () => (await import("./v201/version.ts")).version201),
  "2.1": once(async () => (await import("./v21/version.ts")).version21),
} as const satisfies Record<VersionId, () => Promise<OcppVersion>>;

/** The version, loaded at its first use: whoever speaks 1.6 only never pays for 2.1. */
export function loadVersion(id: VersionId): Promise<OcppVersion> {
  return LOADERS[id]();
}
