import type { InstalledProfile, ProfilePurpose } from "./profile.ts";
import { type Bound, type Standing, standing } from "./standing.ts";

/** The limits at some moment, all of which hold, and until when (milliseconds since 1970, or Infinity). */
export interface Bounds {
  readonly bounds: readonly Bound[];
  readonly until: number;
  /** Of the bounds, what leads the transaction. */
  readonly leader: Bound | null;
  /** Of the bounds, what somebody beside the CSMS wants of the connector, or else of the station. */
  readonly external: Bound | null;
}

/**
 * The limits that hold on a connector, or with 0 on the station as a whole (1.6 §3.13.3, 2.x K §3.4):
 * the leading profile of each purpose, where TxProfile overrules TxDefaultProfile for as long as it
 * says something, and both are overruled by one for PriorityCharging where that is in use (2.1 K21).
 * LocalGeneration adds to what a transaction and external constraints allow (K27), but not to what the
 * station stands.
 *
 * @param at milliseconds since 1970
 * @param startedAt when the transaction on the connector started
 */
export function boundsOn(
  profiles: readonly InstalledProfile[],
  connectorId: number,
  at: number,
  startedAt: number,
): Bounds {
  const bounds: Bound[] = [];
  let until = Infinity;
  function look(purpose: ProfilePurpose, on: number, orEvery = false): Bound | null {
    const found = leading(profiles, purpose, on, orEvery, at, startedAt);
    until = Math.min(until, found.until);
    return found.bound;
  }
  const generated = (connectorId === 0 ? null : look("LocalGeneration", connectorId)) ??
    look("LocalGeneration", 0);
  function take(bound: Bound | null): Bound | null {
    if (bound === null) return null;
    const taken = generated === null ? bound : { ...bound, plus: generated };
    bounds.push(taken);
    return taken;
  }

  let leader: Bound | null = null;
  let external: Bound | null = null;
  if (connectorId !== 0) {
    leader = take(
      look("PriorityCharging", connectorId, true) ?? look("TxProfile", connectorId) ??
        look("TxDefaultProfile", connectorId, true),
    );
    external = take(look("ChargingStationExternalConstraints", connectorId));
  }
  const ofStation = take(look("ChargingStationExternalConstraints", 0));
  external ??= ofStation;
  const most = look("ChargingStationMaxProfile", 0);
  if (most !== null) bounds.push(most);
  return { bounds, until, leader, external };
}

/**
 * The profile that leads its purpose: of those that say something now the one with the highest stack
 * level (1.6 §3.13.2), on the same level the connector's own before that of every connector (§3.13.1).
 */
function leading(
  profiles: readonly InstalledProfile[],
  purpose: ProfilePurpose,
  connectorId: number,
  orEvery: boolean,
  at: number,
  startedAt: number,
): Standing {
  let bound: Bound | null = null;
  let until = Infinity;
  let highest = -1;
  for (const installed of profiles) {
    if (installed.profile.purpose !== purpose) continue;
    if (purpose === "PriorityCharging" && !installed.activeOn?.includes(connectorId)) continue;
    const isOwn = installed.connectorId === connectorId;
    if (!isOwn && !(orEvery && installed.connectorId === 0)) continue;
    const now = standing(installed, at, startedAt);
    until = Math.min(until, now.until);
    const level = installed.profile.stackLevel;
    if (now.bound === null || level < highest || (level === highest && !isOwn)) continue;
    bound = now.bound;
    highest = level;
  }
  return { bound, until };
}
