import type { ConnectorStatus } from "../../../src/station/words.ts";

/** The transitions of 1.6 §4.9 as its table has them, row by row: from, and to which a connector may go. */
export const LEGAL_STATUSES: Readonly<Record<ConnectorStatus, readonly ConnectorStatus[]>> = {
  // A2 to A9
  Available: [
    "Preparing",
    "Charging",
    "SuspendedEV",
    "SuspendedEVSE",
    "Reserved",
    "Unavailable",
    "Faulted",
  ],
  // B1, B3 to B6, B9
  Preparing: ["Available", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing", "Faulted"],
  // C1, C4 to C6, C8, C9
  Charging: ["Available", "SuspendedEV", "SuspendedEVSE", "Finishing", "Unavailable", "Faulted"],
  // D1, D3, D5, D6, D8, D9
  SuspendedEV: ["Available", "Charging", "SuspendedEVSE", "Finishing", "Unavailable", "Faulted"],
  // E1, E3, E4, E6, E8, E9
  SuspendedEVSE: ["Available", "Charging", "SuspendedEV", "Finishing", "Unavailable", "Faulted"],
  // F1, F2, F8, F9
  Finishing: ["Available", "Preparing", "Unavailable", "Faulted"],
  // G1, G2, G8, G9
  Reserved: ["Available", "Preparing", "Unavailable", "Faulted"],
  // H1 to H5, H9
  Unavailable: ["Available", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Faulted"],
  // I1 to I8
  Faulted: [
    "Available",
    "Preparing",
    "Charging",
    "SuspendedEV",
    "SuspendedEVSE",
    "Finishing",
    "Reserved",
    "Unavailable",
  ],
};

/** Whether a connector may be said to go from one status to another; staying is not going. */
export function isLegal(from: ConnectorStatus, to: ConnectorStatus): boolean {
  return from === to || LEGAL_STATUSES[from].includes(to);
}
