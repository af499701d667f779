import type { Deed } from "../driver.ts";
import { Life } from "../life/life.ts";
import type { Station } from "../station.ts";

/** Lets a station live on its own, as its config wants it, until `signal` is aborted. */
export async function live(station: Station, signal: AbortSignal): Promise<void> {
  const { config, driver, log, simulated } = station;
  if (!Life.isOn(config.simulation)) return;
  const life = new Life({
    stationId: config.id,
    simulation: config.simulation,
    clock: simulated,
    log,
    port: {
      get booted() {
        return station.line.accepted;
      },
      connectors: () => station.connectors(),
      plug: async (id, car) => why(await driver.plugCar(id, car)),
      authorize: async (id, idToken) => why(await driver.authorize(id, idToken)),
      unplug: async (id) => why(await driver.unplug(id)),
      fault: async (id, errorCode) =>
        why(await driver.status(id, { status: "Faulted", errorCode })),
      clearFault: (id) => {
        const connector = station.all.get(id);
        connector?.apply({ type: "repaired" });
        return Promise.resolve(connector === undefined ? `There is no connector ${id}` : null);
      },
    },
  });
  await life.run(signal);
}

/** Why nothing came of it; `null`: something did. */
function why(deed: Deed): string | null {
  return "reason" in deed ? deed.reason : "message" in deed ? deed.message : null;
}
