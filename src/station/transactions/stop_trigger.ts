import type { Trigger } from "../spoken.ts";
import type { StopReason } from "../words.ts";

/** What is said to have ended a transaction when somebody at the station names a reason (2.x E06). */
export const STOP_TRIGGER = {
  DeAuthorized: "Deauthorized",
  EmergencyStop: "AbnormalCondition",
  EVDisconnected: "EVCommunicationLost",
  HardReset: "ResetCommand",
  Local: "StopAuthorized",
  Other: "AbnormalCondition",
  PowerLoss: "AbnormalCondition",
  Reboot: "ResetCommand",
  Remote: "RemoteStop",
  SoftReset: "ResetCommand",
  UnlockCommand: "UnlockCommand",
  EnergyLimitReached: "EnergyLimitReached",
  GroundFault: "AbnormalCondition",
  ImmediateReset: "ResetCommand",
  LocalOutOfCredit: "StopAuthorized",
  MasterPass: "StopAuthorized",
  OvercurrentFault: "AbnormalCondition",
  PowerQuality: "AbnormalCondition",
  SOCLimitReached: "ChargingStateChanged",
  StoppedByEV: "ChargingStateChanged",
  TimeLimitReached: "TimeLimitReached",
  Timeout: "EVConnectTimeout",
} as const satisfies Record<StopReason, Trigger>;

/** With these the authorization ends, and the transaction only if TxStopPoint says so (E06). */
export const ENDS_AUTHORIZATION: readonly Trigger[] = [
  "Deauthorized",
  "RemoteStop",
  "StopAuthorized",
];
