import type { Charging } from "./transactions/charging.ts";
import type { Connector } from "./connector.ts";
import { DONE, refused } from "./deed.ts";
import type { Deed, Driver } from "./driver.ts";
import type { ConnectorStatus } from "./words.ts";
import type { Works } from "./works.ts";

/** A status that somebody at the station wants to see. */
export interface Wanted {
  /** 0: the station and all that it has. */
  readonly connectorId: number;
  readonly connectors: readonly Connector[];
  readonly to: {
    readonly status: ConnectorStatus;
    readonly errorCode?: string;
    readonly info?: string;
  };
  readonly deeds: Driver;
}

/** Brings connectors to a status by what would lead there, if the rules let it. */
export async function makeStatus(works: Works, charging: Charging, wanted: Wanted): Promise<Deed> {
  const { connectorId, connectors, to, deeds } = wanted;
  const [connector] = connectors;
  if (connector === undefined) return refused("There is no such connector");
  switch (to.status) {
    case "Faulted":
      return fault(works, charging, wanted);
    case "Unavailable":
      return availability(works, connectorId, false);
    case "Available":
      for (const one of connectors) one.apply({ type: "repaired" });
      if (connectorId !== 0) return await free(works, charging, connector, deeds);
      works.reactions.stationFaulted(null);
      return availability(works, 0, true);
    default:
      if (connectorId === 0) return refused(`The station as a whole cannot be ${to.status}`);
      return await use(works, connector, to.status, deeds);
  }
}

function fault(works: Works, charging: Charging, { connectorId, connectors, to }: Wanted): Deed {
  const { errorCode = "OtherError", info = null } = to;
  const fault = { errorCode, info, vendorErrorCode: null };
  if (connectorId === 0) works.reactions.stationFaulted(fault);
  for (const connector of connectors) {
    if (connector.grant !== null) charging.giveUp(connector);
    connector.apply({ type: "faulted", fault });
    void charging.end(connector, { reason: "Other", trigger: "AbnormalCondition" });
  }
  return DONE;
}

/** Whoever used a connector leaves it. */
async function free(
  works: Works,
  charging: Charging,
  connector: Connector,
  deeds: Driver,
): Promise<Deed> {
  const { id } = connector;
  if (connector.isInUse) {
    return refused(`A transaction runs on connector ${id}: stop it first`);
  }
  if (connector.state.plugged) await deeds.unplug(id);
  charging.giveUp(connector);
  const deed = availability(works, id, true);
  return connector.status === "Reserved" ? refused(`Connector ${id} stays Reserved`) : deed;
}

function availability(works: Works, connectorId: number, operative: boolean): Deed {
  const answer = works.changeAvailability(connectorId, operative);
  // What is scheduled is done when the transaction in its way has ended.
  return answer === "Rejected" ? refused(`There is no connector ${connectorId}`) : DONE;
}

/** The statuses that a car and its driver bring about. */
async function use(
  works: Works,
  connector: Connector,
  status: ConnectorStatus,
  deeds: Driver,
): Promise<Deed> {
  const { id } = connector;
  if (connector.status === status) return DONE;
  switch (status) {
    case "Preparing":
      return await deeds.plug(id);
    case "Finishing":
      return await deeds.stopTransaction(id, {});
    case "Charging":
    case "SuspendedEV":
    case "SuspendedEVSE":
      if (connector.transaction === null) return refused(`No transaction runs on connector ${id}`);
      connector.heldBack = status === "SuspendedEVSE";
      connector.meter?.pauseCar(status === "SuspendedEV");
      works.limitsChanged();
      return connector.status === status
        ? DONE
        : refused(`Connector ${id} stays ${connector.status}: a limit or the car decides`);
    default:
      return refused(`Only the CSMS can make connector ${id} ${status}`);
  }
}
