import type { Works } from "../works.ts";
import type { ExternalLimit } from "./profiles.ts";

/**
 * Somebody beside the CSMS, an energy manager or the operator of the grid, lets no more flow on a
 * connector, or with 0 through the station (2.x K11, K12).
 */
export function setExternalLimit(works: Works, connectorId: number, limit: ExternalLimit): void {
  change(works, () => works.profiles.setExternal(connectorId, limit, works.now()));
}

/** That limit is gone (2.x K13). `null`: all of this source, wherever they are. */
export function clearExternalLimit(works: Works, connectorId: number | null, source: string): void {
  change(works, () => works.profiles.clearExternal(source, connectorId));
}

/** Transactions whose rate that changes enough say so (2.x K11, K13). */
function change(works: Works, act: () => void): void {
  const running = [...works.all.values()].filter(({ transaction }) => transaction !== null);
  const before = running.map(({ meter }) => meter?.offeredW ?? 0);
  act();
  works.limitsChanged();
  const share = works.settings.get("limitChangeSignificance") / 100;
  running.forEach((connector, index) => {
    const was = before[index]!;
    const now = connector.meter?.offeredW ?? 0;
    const isNews = Math.abs(now - was) > share * Math.abs(was);
    if (isNews) works.charging.updated(connector, "ChargingRateChanged", []);
  });
}
