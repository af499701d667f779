import type { ActionOf } from "../dialect.ts";

/** What the station does with each action of 2.0.1 and 2.1, in a sentence: the table of README. */
export const behaviour2 = {
  Authorize:
    "Asks about a token that neither the local list nor the cache decides, and keeps the answer in the cache",
  BootNotification:
    "Says who the station is and why it boots until it is accepted; after a reset, an update, another network profile or another version again, not after a mere reconnect",
  CancelReservation: "Ends a reservation and frees its EVSE; Rejected when there is none",
  CertificateSigned:
    "Takes over a certificate that fits the key of its own request, and reconnects with it; else Rejected",
  ChangeAvailability:
    "Takes an EVSE or the station out of service or back; Scheduled while a transaction runs; kept over a reset",
  ClearCache: "Empties the authorization cache; Rejected when it is disabled",
  ClearChargingProfile:
    "Removes profiles by id or by EVSE, purpose and stack level; Unknown when none fits; what flows changes at once",
  ClearVariableMonitoring:
    "Takes a monitor away; Rejected when it is hard-wired, NotFound when there is none",
  DataTransfer:
    "Sent on demand; of what comes in, Echo to the station's own vendor is answered with its data, all else with UnknownVendorId, UnknownMessageId or Rejected",
  DeleteCertificate: "Deletes by hash; NotFound when there is none, Failed while it is in use",
  FirmwareStatusNotification: "Tells how a firmware update is getting on",
  GetBaseReport:
    "Reports the configuration, everything, or the summary of the device model in parts, while the boot is pending too",
  GetCompositeSchedule:
    "Reckons the limits of an EVSE or the station from all profiles, in the unit that is asked for",
  GetInstalledCertificateIds: "Lists the hashes of the installed root certificates by type",
  GetLocalListVersion: "Tells the version of the local list, 0 when it is empty or disabled",
  GetLog:
    "Uploads the diagnostics or the security log over HTTP or HTTPS, any other scheme ends in NotSupportedOperation; a newer request cancels an older one",
  GetMonitoringReport:
    "Reports the monitors of the variables and kinds that are asked for in parts; EmptyResultSet when there are none",
  GetReport:
    "Reports the variables and the components in a condition that are asked for in parts; EmptyResultSet when there are none",
  GetVariables: "Tells the values of variables, each with its own status; never the password",
  Heartbeat: "Sent in the interval that the boot was answered with; sets the station's clock",
  InstallCertificate:
    "Checks and stores a root certificate; Rejected when it is none, has expired, or the store is full",
  LogStatusNotification: "Tells how the upload of a log is getting on",
  MeterValues:
    "Sent outside of transactions at the clock-aligned interval with the configured measurands, and on a trigger",
  NotifyEvent:
    "Tells what a monitor found, and what broke; while offline only what is severe enough waits (OfflineQueuingSeverity)",
  NotifyMonitoringReport: "The parts of what GetMonitoringReport asked for",
  NotifyReport: "The parts of what GetBaseReport or GetReport asked for",
  RequestStartTransaction:
    "Starts on an EVSE or on one of its choice, for a token and its group, with a TxProfile if one comes along; authorizes first if so configured; Rejected with the reason for a master pass, a reservation or an EVSE in use",
  RequestStopTransaction:
    "Stops the transaction with the reason Remote; Rejected when it is not running",
  ReserveNow:
    "Keeps an EVSE, or one of any or of a type, for a token or its group until the expiry, and shows Reserved where none can be spared; else Occupied, Faulted, Unavailable or Rejected, with the reason",
  Reset:
    "Immediate ends transactions, disconnects, and boots again after some seconds; OnIdle is Scheduled while one runs, lets none begin, and does so then; an EVSE alone is out of service for that long; ImmediateAndResume lets transactions go on",
  SecurityEventNotification:
    "Tells of the security events of the specification, queued while offline; those of boot, clock and connection only with a security profile",
  SendLocalList:
    "Replaces or changes the local list; VersionMismatch or Failed with the reason where the rules say so",
  SetChargingProfile:
    "Installs or replaces a profile by the rules of stack, purpose and EVSE; the car gets no more than it allows, and in 2.1 gives back what it asks for; Rejected with the reason for what it cannot follow",
  SetMonitoringBase:
    "Keeps all monitors, goes back to those of the factory, or leaves only those that are hard-wired",
  SetMonitoringLevel: "Chooses up to which severity the findings of monitors are told",
  SetVariableMonitoring:
    "Watches a variable for thresholds, deltas or at intervals, from live values; each with its own status",
  SetVariables:
    "Sets any variable that can be written, checked by its type and bounds; each with its own status, effects after the answer",
  SignCertificate:
    "Asks to have a fresh key of its own certified (PKCS#10), when it is triggered and before a certificate runs out",
  StatusNotification:
    "Tells every change of a connector's status that lasts long enough, and all of them after more than OfflineThreshold without a connection; Occupied while a car is there",
  TransactionEvent:
    "Sent when a transaction starts and ends (TxStartPoint, TxStopPoint), and when cable, token, charging state or meter have news, with gapless numbers; queued while offline and sent again as configured",
  TriggerMessage:
    "Says what is asked for after its answer, while the boot is pending too; Rejected for an unknown EVSE and for a boot that is accepted, NotImplemented for messages it does not have",
  UnlockConnector:
    "Unlocks a connector; OngoingAuthorizedTransaction while somebody may charge there, UnlockFailed while it is faulted",
  UpdateFirmware:
    "Downloads over HTTP or HTTPS, checks certificate and signature if there are any, waits for transactions to end, reboots",
} as const satisfies Partial<Record<ActionOf<"2.1">, string>>;
