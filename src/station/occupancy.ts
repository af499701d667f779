import type { ConnectorStatus } from "./words.ts";

/** A status in the words of 2.x, to which a use is `Occupied` however far it has got (part 2 §3.18). */
export const OCCUPANCY = {
  Available: "Available",
  Preparing: "Occupied",
  Charging: "Occupied",
  SuspendedEV: "Occupied",
  SuspendedEVSE: "Occupied",
  Finishing: "Occupied",
  Reserved: "Reserved",
  Unavailable: "Unavailable",
  Faulted: "Faulted",
} as const satisfies Record<ConnectorStatus, string>;
