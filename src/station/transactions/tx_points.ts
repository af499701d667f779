/** What a transaction may begin or end with (2.x TxStartStopPointEnumType). */
export type TxPoint =
  | "ParkingBayOccupancy"
  | "EVConnected"
  | "Authorized"
  | "DataSigned"
  | "PowerPathClosed"
  | "EnergyTransfer";

/** What holds at a connector. There is no bay detector but the cable, and no signature but the meter's word. */
export interface Holding {
  readonly plugged: boolean;
  readonly authorized: boolean;
  /** Both, and nothing is in the way: energy may flow. */
  readonly closed: boolean;
  readonly flowing: boolean;
}

/** What a connector may lose: its car, the authorization, or the flow of energy. */
export type Loss = "car" | "token" | "flow";

/** What an empty list comes to, which a CSMS may well write. */
const FALLBACK = ["PowerPathClosed"] as const;

const HOLDS = {
  ParkingBayOccupancy: "plugged",
  EVConnected: "plugged",
  Authorized: "authorized",
  PowerPathClosed: "closed",
  DataSigned: "closed",
  EnergyTransfer: "flowing",
} as const satisfies Record<TxPoint, keyof Holding>;

const ALL = Object.keys(HOLDS) as readonly TxPoint[];

const ENDS_WITH: Readonly<Record<TxPoint, readonly Loss[]>> = {
  ParkingBayOccupancy: ["car"],
  EVConnected: ["car"],
  Authorized: ["token"],
  PowerPathClosed: ["car", "token"],
  DataSigned: [],
  EnergyTransfer: ["flow"],
};

/**
 * The first of TxStartPoint that holds, with which a transaction begins (2.x E01); `null`: none does.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const holding = { plugged: true, authorized: false, closed: false, flowing: false };
 * assert.equal(startPoint(["Authorized", "EVConnected"], holding), "EVConnected");
 * assert.equal(startPoint([], holding), null);
 * ```
 */
export function startPoint(points: readonly string[], holding: Holding): TxPoint | null {
  return known(points).find((point) => holding[HOLDS[point]]) ?? null;
}

/**
 * Whether a loss ends a transaction by TxStopPoint (2.x E06).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert(endsWith(["PowerPathClosed"], "car"));
 * assert(!endsWith(["EVConnected"], "token"));
 * ```
 */
export function endsWith(points: readonly string[], loss: Loss): boolean {
  return known(points).some((point) => ENDS_WITH[point].includes(loss));
}

/** In their order in a session. */
function known(points: readonly string[]): readonly TxPoint[] {
  const found = ALL.filter((point) => points.includes(point));
  return found.length === 0 ? FALLBACK : found;
}
