import type { v201, v21 } from "../ocpp/mod.ts";
import type { Facts, RespondersOf } from "./responders.ts";

const HOUR_MS = 3_600_000;

const acknowledge = () => ({});

/** What is the same in 2.0.1 and 2.1. */
const shared = {
  Authorize: (request: v201.AuthorizeRequest | v21.AuthorizeRequest) => ({
    idTokenInfo: { status: "Accepted" },
    // Plug and charge asks about the certificate of the contract too (C07).
    ...(request.certificate === undefined && request.iso15118CertificateHashData === undefined
      ? {}
      : { certificateStatus: "Accepted" }),
  }),
  BootNotification: (_request: unknown, facts: Facts) => ({
    status: facts.boot,
    currentTime: iso(facts.now),
    interval: facts.bootIntervalSeconds,
  }),
  ClearedChargingLimit: acknowledge,
  DataTransfer: () => ({ status: "UnknownVendorId" }),
  FirmwareStatusNotification: acknowledge,
  // Neither a contract provider nor an OCSP responder is behind it.
  Get15118EVCertificate: () => ({ status: "Failed", exiResponse: "" }),
  GetCertificateStatus: () => ({ status: "Failed" }),
  Heartbeat: (_request: unknown, facts: Facts) => ({ currentTime: iso(facts.now) }),
  LogStatusNotification: acknowledge,
  MeterValues: acknowledge,
  NotifyChargingLimit: acknowledge,
  NotifyCustomerInformation: acknowledge,
  NotifyDisplayMessages: acknowledge,
  NotifyEVChargingSchedule: () => ({ status: "Accepted" }),
  NotifyEvent: acknowledge,
  NotifyMonitoringReport: acknowledge,
  NotifyReport: acknowledge,
  PublishFirmwareStatusNotification: acknowledge,
  ReportChargingProfiles: acknowledge,
  ReservationStatusUpdate: acknowledge,
  SecurityEventNotification: acknowledge,
  // It has no certificate authority behind it, and "Accepted" would promise a certificate.
  SignCertificate: () => ({ status: "Rejected" }),
  StatusNotification: acknowledge,
  TransactionEvent: (request: v201.TransactionEventRequest | v21.TransactionEventRequest) =>
    request.idToken === undefined ? {} : { idTokenInfo: { status: "Accepted" } },
} as const satisfies RespondersOf<"2.0.1">;

/** What the CSMS says to each action of a 2.0.1 station. */
export const responders201 = {
  ...shared,
  // "Accepted" would promise a charging profile (K15).
  NotifyEVChargingNeeds: () => ({ status: "Rejected" }),
} as const satisfies RespondersOf<"2.0.1">;

/** What the CSMS says to each action of a 2.1 station; it never answers a SEND. */
export const responders21 = {
  ...shared,
  BatterySwap: acknowledge,
  ClosePeriodicEventStream: acknowledge,
  GetCertificateChainStatus: ({ certificateStatusRequests }, { now }) => ({
    certificateStatus: certificateStatusRequests.map(({ certificateHashData, source }) => ({
      certificateHashData,
      source,
      status: "Failed",
      nextUpdate: iso(now + HOUR_MS),
    })),
  }),
  NotifyDERAlarm: acknowledge,
  NotifyDERStartStop: acknowledge,
  NotifyEVChargingNeeds: () => ({ status: "NoChargingProfile" }),
  NotifyPriorityCharging: acknowledge,
  NotifySettlement: acknowledge,
  OpenPeriodicEventStream: () => ({ status: "Accepted" }),
  PullDynamicScheduleUpdate: () => ({ status: "Rejected" }),
  ReportDERControl: acknowledge,
  VatNumberValidation: ({ vatNumber, evseId }) => ({
    vatNumber,
    ...(evseId === undefined ? {} : { evseId }),
    status: "Accepted",
  }),
} as const satisfies RespondersOf<"2.1">;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
