import type { Facts, RespondersOf } from "./responders.ts";

const acknowledge = () => ({});

/** What the CSMS says to each action of a 1.6 station. */
export const responders16 = {
  Authorize: () => ({ idTagInfo: { status: "Accepted" } }),
  BootNotification: (_request, facts) => ({
    status: facts.boot,
    currentTime: iso(facts),
    interval: facts.bootIntervalSeconds,
  }),
  DataTransfer: () => ({ status: "UnknownVendorId" }),
  DiagnosticsStatusNotification: acknowledge,
  FirmwareStatusNotification: acknowledge,
  Heartbeat: (_request, facts) => ({ currentTime: iso(facts) }),
  LogStatusNotification: acknowledge,
  MeterValues: acknowledge,
  SecurityEventNotification: acknowledge,
  // It has no certificate authority behind it, and "Accepted" would promise a certificate.
  SignCertificate: () => ({ status: "Rejected" }),
  SignedFirmwareStatusNotification: acknowledge,
  StartTransaction: (_request, facts) => ({
    idTagInfo: { status: "Accepted" },
    transactionId: facts.newTransactionId(),
  }),
  StatusNotification: acknowledge,
  StopTransaction: ({ idTag }) => idTag === undefined ? {} : { idTagInfo: { status: "Accepted" } },
} as const satisfies RespondersOf<"1.6">;

function iso(facts: Facts): string {
  return new Date(facts.now).toISOString();
}
