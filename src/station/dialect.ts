import type { Payload, v16, v201, VersionId } from "../ocpp/mod.ts";

/** What a station says of itself at its boot. */
export interface Identity {
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber: string | null;
  readonly firmwareVersion: string | null;
  readonly iccid: string | null;
  readonly imsi: string | null;
}

/** How one OCPP version spells what a station says. */
export interface Dialect {
  bootNotification(identity: Identity): Payload;
  /** Whether a CALL of the CSMS is answered while the boot is rejected, or met with silence. */
  readonly answersWhileRejected: boolean;
}

const dialect16: Dialect = {
  bootNotification(identity) {
    const request: v16.BootNotificationRequest = {
      chargePointVendor: identity.vendor,
      chargePointModel: identity.model,
      ...given("chargePointSerialNumber", identity.serialNumber),
      ...given("firmwareVersion", identity.firmwareVersion),
      ...given("iccid", identity.iccid),
      ...given("imsi", identity.imsi),
    };
    return { ...request };
  },
  answersWhileRejected: false,
};

const dialect2: Dialect = {
  bootNotification(identity) {
    const modem = { ...given("iccid", identity.iccid), ...given("imsi", identity.imsi) };
    const request: v201.BootNotificationRequest = {
      reason: "PowerUp",
      chargingStation: {
        vendorName: identity.vendor,
        model: identity.model,
        ...given("serialNumber", identity.serialNumber),
        ...given("firmwareVersion", identity.firmwareVersion),
        ...(Object.keys(modem).length === 0 ? {} : { modem }),
      },
    };
    return { ...request };
  },
  answersWhileRejected: true,
};

/** The dialects, by version. */
export const DIALECTS = {
  "1.6": dialect16,
  "2.0.1": dialect2,
  "2.1": dialect2,
} as const satisfies Record<VersionId, Dialect>;

/** A field that is left out when there is nothing to say: never null, never empty. */
function given<Name extends string>(name: Name, value: string | null): { [K in Name]?: string } {
  return value === null || value === "" ? {} : { [name]: value } as { [K in Name]: string };
}
