import type { NetworkProfile } from "./profile.ts";
import type { Route } from "./routes.ts";

/** What a CSMS changed about how it is reached. Plain JSON. */
export interface NetworkRecord {
  /** By the number of the slot. */
  readonly slots: Readonly<Record<string, NetworkProfile>>;
  /** The route that a CSMS accepted a boot on last; `null`: what was configured, or none yet (B10.FR.07). */
  readonly good: Route | null;
  /** What was configured is dialled with this security profile (1.6 whitepaper §5); `null`: its own. */
  readonly raised: number | null;
  /** The certificate that the CSMS had signed, and its key, PEM; `null`: what was configured. */
  readonly identity: { readonly certificate: string; readonly key: string } | null;
}

/** Nothing. Shared by all stations of which that is true. */
export const UNCHANGED: NetworkRecord = { slots: {}, good: null, raised: null, identity: null };
