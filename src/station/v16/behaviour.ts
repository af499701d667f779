import type { ActionOf } from "../dialect.ts";

/** What the station does with each action of 1.6, in a sentence: the table of README. */
export const behaviour16 = {
  Authorize:
    "Asks about a token that neither the local list nor the cache decides, and keeps the answer in the cache",
  BootNotification:
    "Says who the station is until it is accepted; after a reset, an update or a trigger again, not after a mere reconnect",
  CancelReservation: "Ends a reservation and frees its connector; Rejected when there is none",
  CertificateSigned:
    "Takes over a certificate that fits the key of its own request, and reconnects with it; else Rejected",
  ChangeAvailability:
    "Takes a connector or the station out of service or back; Scheduled while a transaction runs; kept over a reset",
  ChangeConfiguration:
    "Sets any standard key that can be written, checked by its type and bounds; password, security profile and ping interval change the connection",
  ClearCache: "Empties the authorization cache; Rejected when it is disabled",
  ClearChargingProfile:
    "Removes profiles by id or by connector, purpose and stack level; Unknown when none fits; what flows changes at once",
  DataTransfer:
    "Sent on demand; of what comes in, Echo to the station's own vendor is answered with its data, all else with UnknownVendorId, UnknownMessageId or Rejected",
  DeleteCertificate: "Deletes by hash; NotFound when there is none, Failed while it is in use",
  DiagnosticsStatusNotification: "Tells how the upload that GetDiagnostics asked for is getting on",
  ExtendedTriggerMessage:
    "Says what is asked for after its answer, SignCertificate too; Rejected for an unknown connector or without CpoName",
  FirmwareStatusNotification: "Tells how the update that UpdateFirmware asked for is getting on",
  GetCompositeSchedule:
    "Reckons the limits of a connector or the station from all profiles, in the unit that is asked for",
  GetConfiguration: "Tells all keys or those asked for; never the AuthorizationKey",
  GetDiagnostics:
    "Uploads the station's log over HTTP or HTTPS; any other scheme ends in UploadFailed",
  GetInstalledCertificateIds: "Lists the hashes of the installed root certificates of a type",
  GetLocalListVersion: "Tells the version of the local list, 0 when it is empty, -1 when disabled",
  GetLog:
    "Uploads the diagnostics or the security log over HTTP or HTTPS, any other scheme ends in NotSupportedOperation; a newer request cancels an older one",
  Heartbeat: "Sent in the interval that the boot was answered with; sets the station's clock",
  InstallCertificate:
    "Checks and stores a root certificate; Rejected when it is none, has expired, or the store is full",
  LogStatusNotification: "Tells how the upload that GetLog asked for is getting on",
  MeterValues:
    "Sent in the sampled and the clock-aligned interval with the configured measurands, and on a trigger; in a transaction queued while offline",
  RemoteStartTransaction:
    "Starts on a connector or on one of its choice, with a TxProfile if one comes along; authorizes first if so configured",
  RemoteStopTransaction: "Stops the transaction with the reason Remote; Rejected when none runs",
  ReserveNow:
    "Keeps a connector or, with 0, any one of them for a token or its group until the expiry; else Occupied, Faulted, Unavailable or Rejected",
  Reset:
    "Stops transactions with the reason SoftReset or HardReset, disconnects, and boots again after some seconds",
  SecurityEventNotification: "Tells of the security events of the whitepaper, queued while offline",
  SendLocalList:
    "Replaces or changes the local list; VersionMismatch, Failed or NotSupported where the rules say so",
  SetChargingProfile:
    "Installs or replaces a profile by the rules of stack, purpose and connector; the car gets no more than it allows",
  SignCertificate:
    "Asks to have a fresh key of its own certified (PKCS#10), when it is triggered and before a certificate runs out",
  SignedFirmwareStatusNotification:
    "Tells how the update that SignedUpdateFirmware asked for is getting on",
  SignedUpdateFirmware:
    "Downloads over HTTP or HTTPS, checks certificate and signature, waits for transactions to end, reboots",
  StartTransaction: "Sent when energy may flow; queued while offline and sent again as configured",
  StatusNotification:
    "Tells every change of a connector's status that lasts for MinimumStatusDuration, and that of the station as connector 0",
  StopTransaction:
    "Sent with reason, meter and transaction data when a transaction ends; queued while offline and sent again as configured",
  TriggerMessage:
    "Says what is asked for after its answer, while the boot is pending too; Rejected for an unknown connector",
  UnlockConnector:
    "Stops the transaction on the connector and unlocks it; UnlockFailed while it is faulted, NotSupported for an unknown one",
  UpdateFirmware:
    "Downloads over HTTP or HTTPS, waits for transactions to end, reboots; any other scheme ends in DownloadFailed; NotSupported once a manufacturer's root is installed",
} as const satisfies Record<ActionOf<"1.6">, string>;
