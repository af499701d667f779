import type { ActionOf } from "../dialect.ts";

/** What the station does with each action beyond charging, in a sentence: the table of README. */
export const moreBehaviour = {
  AFRRSignal:
    "Moves what flows by the curve of a CentralFrequency or LocalFrequency profile in force; else Rejected with the reason",
  AdjustPeriodicEventStream: "Changes how often a stream sends, at once",
  BatterySwap: "Tells when a battery went in and when one came out, after RequestBatterySwap",
  ChangeTransactionTariff:
    "Gives a running transaction another tariff from now on; TxNotFound, NoCurrencyChange and what SetDefaultTariff refuses",
  ClearDERControl: "Removes controls by id, or by default and type; NotFound when none fits",
  ClearDisplayMessage: "Takes a message from the displays; Unknown when there is none",
  ClearTariffs:
    "Removes default tariffs by id and EVSE, with one result for each; running transactions keep theirs",
  ClearedChargingLimit: "Sent on demand; that limit holds no longer",
  ClosePeriodicEventStream: "Tells that a stream has ended with its monitor",
  CostUpdated: "Keeps the running cost with its transaction, and shows it",
  CustomerInformation:
    "Reports what cache, local list, reservations and transactions know of a token; clears it from the cache and from transactions that ended",
  Get15118EVCertificate: "Sent on demand",
  GetCertificateChainStatus: "Sent on demand",
  GetCertificateStatus: "Sent on demand",
  GetChargingProfiles:
    "Reports the profiles that fit, by EVSE and source, in parts; NoProfiles when none does",
  GetDERControl:
    "Reports the controls that fit, superseded or not, in parts; NotFound when none does",
  GetDisplayMessages:
    "Reports messages by id, priority and state, in parts; Unknown when none fits",
  GetPeriodicEventStream: "Lists the streams that are open",
  GetTariffs:
    "Lists the default tariffs of an EVSE, those to come included; not those of single drivers",
  GetTransactionStatus:
    "Tells whether a transaction goes on and whether messages of it, or of any, wait",
  NotifyAllowedEnergyTransfer:
    "A car with ISO 15118 tells its needs anew within what is allowed; Rejected for any other",
  NotifyChargingLimit:
    "Sent on demand; its schedule is followed from then on, and changes of the rate are told",
  NotifyCustomerInformation: "The parts of what CustomerInformation asked for",
  NotifyDERAlarm: "Sent on demand: the grid of the emulator never leaves its bounds",
  NotifyDERStartStop:
    "Tells when a scheduled control begins, whom it supersedes, and when it is over",
  NotifyDisplayMessages: "The parts of what GetDisplayMessages asked for",
  NotifyEVChargingNeeds:
    "Tells what a car with ISO 15118 needs, and in 2.1 what it gives back, once energy may flow",
  NotifyEVChargingSchedule:
    "Tells what such a car will take, whenever a TxProfile comes for its transaction",
  NotifyPeriodicEventStream: "Sent unanswered at the rate of its stream; what cannot be sent waits",
  NotifyPriorityCharging:
    "Sent on demand; the driver charges with priority from then on, or no longer",
  NotifySettlement:
    "Tells what the payment terminal booked when a transaction ends that a DirectPayment token began at the station",
  NotifyWebPaymentStarted: "Shows for its time that somebody pays for the EVSE",
  OpenPeriodicEventStream: "Asks for a stream when a monitor wants one",
  PublishFirmware:
    "Downloads over HTTP or HTTPS and checks the MD5, one at a time; then PublishFailed, as the station has no file server",
  PublishFirmwareStatusNotification: "Tells how publishing is getting on",
  PullDynamicScheduleUpdate: "Asks for the limit of a Dynamic profile at its interval",
  ReportChargingProfiles: "The parts of what GetChargingProfiles asked for",
  ReportDERControl: "The parts of what GetDERControl asked for",
  RequestBatterySwap:
    "Lets a driver swap a battery at a free EVSE, one at a time; else Rejected with the reason",
  ReservationStatusUpdate:
    "Tells when a reservation expires, its EVSE goes out of service, or its token began nothing (2.1); waits for a connection",
  SetDERControl:
    "Keeps a control, which supersedes less urgent ones of its type; scheduled ones begin and end at their time; of what they ask for only LimitMaxDischarge changes what flows",
  SetDefaultTariff:
    "Installs a tariff for an EVSE or all, now or later; TooManyElements, ConditionNotSupported, DuplicateTariffId or Rejected",
  SetDisplayMessage:
    "Shows a message by priority, state, time and transaction, and refuses what the display cannot do",
  SetNetworkProfile:
    "Keeps a profile in a configuration slot, for the reboot after NetworkConfigurationPriority names it; Rejected with the reason for what is less secure or cannot be used",
  UnpublishFirmware: "DownloadOngoing while it is being fetched, else NoFirmware",
  UpdateDynamicSchedule:
    "Gives a Dynamic profile a new limit or setpoint, which bends what flows at once",
  UsePriorityCharging:
    "Lets a transaction charge by the PriorityCharging profile; NoProfile when there is none",
  VatNumberValidation: "Sent on demand",
} as const satisfies Partial<Record<ActionOf<"2.1">, string>>;
