import type { ConnectorStatus, StopReason } from "../../../src/station/words.ts";
import { type Actions, connectorId, type Stage } from "./stage.ts";

/** What drivers, faults, the network and the time do, and a CSMS that calls whatever comes to its mind. */
export const WORLD: Actions = [
  [8, plug],
  [8, unplug],
  [7, authorize],
  [14, startTransaction],
  [7, stopTransaction],
  [6, status],
  [1, dataTransfer],
  [6, callAnything],
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

function authorize({ chance, driver, deed, idToken }: Stage): void {
  const where = chance.percent(20) ? null : connectorId(chance);
  deed("authorize", driver.authorize(where, idToken()));
}

function startTransaction({ chance, driver, deed, idToken }: Stage): void {
  const who = chance.percent(20) ? null : idToken();
  deed("startTransaction", driver.startTransaction(connectorId(chance), who));
}

function stopTransaction({ chance, driver, deed, idToken }: Stage): void {
  const reason = chance.oneOf<StopReason>(["Local", "EmergencyStop", "PowerLoss", "GroundFault"]);
  const how = chance.percent(50) ? { reason } : { idToken: idToken() };
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

function callAnything(stage: Stage): void {
  stage.callAnything();
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
