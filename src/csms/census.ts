/** What a CSMS has seen since it started. */
export interface Census {
  /** Stations connected now. */
  readonly connected: number;
  /** Connections that were opened, repeated ones too. */
  readonly connects: number;
  /** How often a station came while an older connection of the same id was open. */
  readonly duplicates: number;
  /** Handshakes that were answered with anything but 101. */
  readonly refused: number;
  /** Frames that stations sent. */
  readonly messages: number;
  readonly boots: number;
  readonly heartbeats: number;
  /** Frames and payloads that broke a rule; see `Csms.violations` for the last ones. */
  readonly violations: number;
}

/** The counters of a {@link Census}, all 0. */
export function emptyTally(): { -readonly [Name in Exclude<keyof Census, "connected">]: number } {
  return {
    connects: 0,
    duplicates: 0,
    refused: 0,
    messages: 0,
    boots: 0,
    heartbeats: 0,
    violations: 0,
  };
}
