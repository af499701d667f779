import type { ConnectorStatus, StopReason } from "../../../src/station/words.ts";
import {
  ask,
  cancelReservation,
  changeAvailability,
  clearProfile,
  configure,
  remoteStart,
  remoteStop,
  reserve,
  reset,
  sendLocalList,
  setProfile,
  transfer,
  triggerMessage,
  unlock,
} from "./csms_actions.ts";
import { connectorId, idToken, type Stage } from "./stage.ts";

type Action = (stage: Stage) => void | Promise<void>;

/** One step: by its weight, what happens, and how it reads in a trace. */
export const ACTIONS: readonly (readonly [weight: number, act: Action])[] = [
  [8, plug],
  [8, unplug],
  [7, authorize],
  [14, startTransaction],
  [7, stopTransaction],
  [6, status],
  [1, dataTransfer],
  [8, remoteStart],
  [5, remoteStop],
  [3, reserve],
  [3, cancelReservation],
  [3, changeAvailability],
  [2, unlock],
  [1, reset],
  [3, triggerMessage],
  [3, setProfile],
  [2, clearProfile],
  [1, ask],
  [5, configure],
  [2, sendLocalList],
  [1, transfer],
  [2, loseConnection],
  [10, reconnect],
  [12, wait],
  [1, waitLong],
];

function plug({ chance, driver, deed }: Stage): void {
  const car = { batteryWh: chance.between(500, 5_000), soc: chance.between(0, 10) / 10 };
  deed("plug", driver.plug(connectorId(chance), car));
}

function unplug({ chance, driver, deed }: Stage): void {
  deed("unplug", driver.unplug(connectorId(chance)));
}

function authorize({ chance, driver, deed }: Stage): void {
  const where = chance.percent(20) ? null : connectorId(chance);
  deed("authorize", driver.authorize(where, idToken(chance)));
}

function startTransaction({ chance, driver, deed }: Stage): void {
  const who = chance.percent(20) ? null : idToken(chance);
  deed("startTransaction", driver.startTransaction(connectorId(chance), who));
}

function stopTransaction({ chance, driver, deed }: Stage): void {
  const reason = chance.oneOf<StopReason>(["Local", "EmergencyStop", "PowerLoss", "GroundFault"]);
  const how = chance.percent(50) ? { reason } : { idToken: idToken(chance) };
  deed("stopTransaction", driver.stopTransaction(connectorId(chance), how));
}

/** What is broken or closed is put right more often than not. */
const STATUSES: readonly ConnectorStatus[] = [
  ...Array.from({ length: 12 }, () => "Available" as const),
  "Preparing",
  "Charging",
  "SuspendedEV",
  "SuspendedEVSE",
  "Finishing",
  "Reserved",
  "Unavailable",
  "Faulted",
];

function status({ chance, driver, deed }: Stage): void {
  const to = { status: chance.oneOf(STATUSES), errorCode: "GroundFailure" };
  deed(`status ${to.status}`, driver.status(connectorId(chance, 0), to));
}

function dataTransfer({ driver, deed }: Stage): void {
  deed("call", driver.call("DataTransfer", { vendorId: "elsewhere" }));
}

async function loseConnection({ lose }: Stage): Promise<void> {
  await lose();
}

async function reconnect({ connect }: Stage): Promise<void> {
  await connect();
}

async function wait({ chance, pass }: Stage): Promise<void> {
  await pass(chance.oneOf([100, 1_000, 5_000, 10_000, 45_000, 90_000]));
}

async function waitLong({ chance, pass }: Stage): Promise<void> {
  await pass(chance.between(5, 15) * 60_000);
}
