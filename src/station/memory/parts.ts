import type { Kinds } from "../../store/mod.ts";

/**
 * What a station remembers over a restart and a `kill -9`, and the version of the shape it is kept in. A
 * part has one document for each station, but for those that say otherwise.
 */
export const PARTS = {
  /** One for each connector. */
  connector: { version: 1 },
  /** One for each message that waits, by its place in the line. */
  outbox: { version: 1 },
  authorizationCache: { version: 1 },
  availability: { version: 1 },
  bills: { version: 1 },
  certificates: { version: 1 },
  derControls: { version: 1 },
  displays: { version: 1 },
  events: { version: 1 },
  firmware: { version: 1 },
  installedFirmware: { version: 1 },
  localList: { version: 1 },
  monitoring: { version: 1 },
  network: { version: 1 },
  profiles: { version: 1 },
  reservationUpdates: { version: 1 },
  reservations: { version: 1 },
  runningCosts: { version: 1 },
  securityEvents: { version: 1 },
  settings: { version: 1 },
  settlements: { version: 1 },
  tariffs: { version: 1 },
} as const satisfies Kinds;

/** A part of what a station remembers. */
export type Part = keyof typeof PARTS;
