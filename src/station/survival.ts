import type { Connector } from "./connector.ts";
import { type ConnectorState, isRunning, UNUSED } from "./connector_state.ts";
import { Meter } from "./energy/meter.ts";
import type { MeterState } from "./energy/meter_state.ts";
import type { Memory } from "./memory/memory.ts";
import type { Identity } from "./spoken.ts";
import type { Station } from "./station.ts";
import { Transaction } from "./transactions/transaction.ts";

/** What a connector needs to go on after a crash. Plain JSON. */
interface ConnectorRecord {
  readonly state: ConnectorState;
  readonly scheduled: Connector["scheduled"];
  readonly meter: MeterState | null;
  /** The fields of a {@link Transaction}. */
  readonly transaction: Readonly<Transaction> | null;
}

/** A firmware that was installed over OCPP. Plain JSON. */
interface InstalledFirmware {
  readonly version: string;
  /** What the user's config said then: once that names another version, it counts. */
  readonly over: string | null;
}

/** From here on a connector is remembered as it is: its car, its registers and its transaction. */
export function remember(memory: Memory, connector: Connector): void {
  memory.keep("connector", String(connector.id), () => recordOf(connector));
}

/**
 * Makes a connector what it was. But nothing flows, no timer runs, and what was broken is not any
 * longer.
 */
export function recall(memory: Memory, connector: Connector): void {
  const record = read(memory, connector);
  if (record === null) return;
  const { state, scheduled, transaction } = record;
  connector.begin({ ...state, fault: null });
  connector.scheduled = scheduled;
  if (transaction === null) return;
  const { facts, groupId } = transaction;
  connector.transaction = Object.assign(new Transaction(facts, groupId), transaction);
}

/** The meter of a connector, as it was left. */
export function meterLeft(station: Station, connector: Connector): Meter {
  return new Meter({
    clock: station.simulated,
    random: station.random,
    type: connector.type,
    maxPower: connector.maxPower,
    state: read(station.memory, connector)?.meter ?? null,
    ticked: () => station.reactions.ticked(connector),
  });
}

/** A station runs another firmware from now on, in place of the one that its config names. */
export function installFirmware(memory: Memory, over: string | null, version: string): void {
  const installed: InstalledFirmware = { version, over };
  memory.keep("installedFirmware", "", () => installed);
}

/** What a station says of itself when it starts: as its config has it, but for a firmware that came since. */
export function identityLeft(memory: Memory, identity: Identity): Identity {
  const installed = memory.read("installedFirmware") as InstalledFirmware | undefined;
  return installed === undefined || installed.over !== identity.firmwareVersion
    ? identity
    : { ...identity, firmwareVersion: installed.version };
}

/**
 * The power is back: what ran when it went is over (1.6 §7.40 PowerLoss), and what was to be done since
 * is taken up. Comes before the first connection.
 */
export function wake(station: Station): void {
  const { all, availability, charging, config, reserving, services } = station;
  // What a transaction costs is told with its end.
  services.wake();
  availability.wake();
  for (const connector of all.values()) {
    void charging.end(connector, POWER_LOSS);
    // A car that waits for its driver goes on waiting; who was about to plug in is gone.
    if (isRunning(connector.state) || !connector.state.plugged) charging.giveUp(connector);
    // The drivers of a station that lives on its own know nothing of those who were there before.
    if (config.simulation.cars) void charging.unplugged(connector);
  }
  reserving.wake();
}

const POWER_LOSS = { reason: "PowerLoss", trigger: "AbnormalCondition" } as const;

function recordOf({ state, scheduled, meter, transaction }: Connector): ConnectorRecord | null {
  if (state === UNUSED && meter === null) return null;
  return { state, scheduled, meter: meter?.state ?? null, transaction };
}

function read(memory: Memory, { id }: Connector): ConnectorRecord | null {
  return (memory.read("connector", String(id)) ?? null) as ConnectorRecord | null;
}
