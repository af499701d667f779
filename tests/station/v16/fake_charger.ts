import type { Charger, ConnectorFacts } from "../../../src/station/charger.ts";
import type { TransactionFacts } from "../../../src/station/spoken.ts";
import { silentLog } from "../../../src/log/mod.ts";
import type { Services } from "../../../src/station/services.ts";

/** 2026-01-31T12:00:00.000Z */
export const NOON = Date.UTC(2026, 0, 31, 12);

/** One deed that a command asked of the station: the method, then its arguments. */
export type Deed = readonly [method: string, ...args: readonly unknown[]];

/** A {@link Charger} that does nothing and writes down what it is asked to do. */
export interface FakeCharger extends Charger {
  /** In order. Questions (`now`, `connectors`, `connector`, `sample`) are not deeds. */
  readonly deeds: readonly Deed[];
}

/** A connector, free unless told otherwise. */
export function connectorFacts(given: Partial<ConnectorFacts> = {}): ConnectorFacts {
  return {
    id: 1,
    type: "Type2",
    maxPower: 22_000,
    status: "Available",
    plugged: false,
    reservationId: null,
    transaction: null,
    isAuthorized: (given.transaction?.idToken ?? null) !== null,
    ...given,
  };
}

/** A transaction on connector 1 that the CSMS knows as 42. */
export function transactionFacts(given: Partial<TransactionFacts> = {}): TransactionFacts {
  return {
    id: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    csmsId: 42,
    connectorId: 1,
    idToken: { idToken: "TAG1", type: "Central" },
    startedAt: NOON,
    meterStartWh: 1000,
    reservationId: null,
    remoteStartId: null,
    ...given,
  };
}

/**
 * A station with two free connectors, 1 and 2, that agrees to everything. What `given` has takes the
 * place of it, and its deeds are written down just the same; a part that a command uses (`settings`,
 * `profiles`, …) must be given, and so must those of its services.
 */
export function fakeCharger(
  given: Partial<Charger> & Partial<Pick<Services, (typeof SERVICES)[number]>> = {},
): FakeCharger {
  const deeds: Deed[] = [];
  const own = { ...defaults(), ...given };
  const fake: Record<string, unknown> = {
    ...own,
    deeds,
    connector: own.connector ?? ((id: number) => own.connectors().find((one) => one.id === id)),
  };
  for (const name of DEEDS) {
    const act = own[name] as (...args: unknown[]) => unknown;
    fake[name] = (...args: unknown[]) => {
      deeds.push([name, ...args]);
      return act(...args);
    };
  }
  const services: Record<string, unknown> = {};
  for (const part of SERVICES) {
    if (part in given) services[part] = given[part];
    else forbid(services, part);
  }
  fake.services ??= services;
  for (const part of PARTS) if (!(part in given)) forbid(fake, part);
  return fake as unknown as FakeCharger;
}

function forbid(fake: object, part: string): void {
  Object.defineProperty(fake, part, {
    get() {
      throw new Error(`Cannot use "${part}" of the fake charger: the test gives none`);
    },
  });
}

const DEEDS = [
  "changeAvailability",
  "limitsChanged",
  "remoteStart",
  "remoteStop",
  "reset",
  "say",
  "sayNow",
  "showReservation",
  "trigger",
  "unlock",
] as const satisfies readonly (keyof Charger)[];

const PARTS = [
  "cache",
  "localList",
  "profiles",
  "reservations",
  "settings",
] as const satisfies readonly (keyof Charger)[];

const SERVICES = [
  "certificates",
  "facilities",
  "firmware",
  "logs",
  "monitoring",
] as const satisfies readonly (keyof Services)[];

function defaults() {
  const connectors: readonly ConnectorFacts[] = [connectorFacts(), connectorFacts({ id: 2 })];
  return {
    id: "CP1",
    isAccepted: false,
    identity: {
      vendor: "ocpp-emu",
      model: "Emulator",
      serialNumber: null,
      firmwareVersion: null,
      iccid: null,
      imsi: null,
    },
    log: silentLog,
    now: () => NOON,
    connectors: () => connectors,
    isServed: false,
    network: { active: 1 } as Charger["network"],
    status: (connectorId) => ({
      status: connectors.find(({ id }) => id === connectorId)?.status ?? "Available",
      fault: null,
    }),
    meter: () => null,
    sample: (_connectorId, context) => ({ at: NOON, context, readings: [] }),
    say: () => Promise.resolve({ kind: "offline", message: "There is no connection" }),
    sayNow: () => Promise.resolve({ kind: "offline", message: "There is no connection" }),
    remoteStart: ({ connectorId }) => ({ connectorId: connectorId ?? 1 }),
    remoteStop: () => true,
    unlock: () => Promise.resolve("Unlocked"),
    changeAvailability: () => "Accepted",
    reset: () => {},
    trigger: () => true,
    showReservation: () => {},
    limitsChanged: () => {},
  } satisfies Omit<Charger, "connector" | "services" | (typeof PARTS)[number]>;
}
