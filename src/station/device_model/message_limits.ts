/** How many items a request of each of these actions may have (ItemsPerMessage of the device model). */
export const MOST_ITEMS = {
  ClearVariableMonitoring: 50,
  GetReport: 50,
  GetVariables: 50,
  SetVariableMonitoring: 50,
  SetVariables: 50,
} as const;

/** How long the payload of one may be, in bytes (BytesPerMessage). */
export const MOST_BYTES = 65_536;

/** What a report or a message of events has at most, so that no CSMS chokes on it. */
export const MOST_REPORTED_ITEMS = 50;
export const MOST_REPORTED_BYTES = 16_384;
