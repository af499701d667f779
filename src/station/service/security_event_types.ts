/** What the specification says of a security event (2.x part 2 appendix 1, whitepaper §8). */
interface Listed {
  /** The CSMS is told; the others are in the security log alone. */
  readonly isTold: boolean;
  /** When the station raises it. */
  readonly when?: string;
  /** Why it cannot happen here. */
  readonly never?: string;
}

/** The security events of the specification, in the words of 2.x. */
export const SECURITY_EVENTS = {
  AttemptedReplayAttacks: {
    isTold: false,
    never: "a CALL of the CSMS with the id of an earlier one is a resend to be answered again",
  },
  CsmsFailedToAuthenticate: {
    isTold: false,
    never: "a CSMS authenticates by its certificate alone, and that is InvalidCsmsCertificate",
  },
  DiscardedRenewedClientCertificate: {
    isTold: true,
    when:
      "a new certificate of the station did not connect, and the one before is back (A02.FR.29)",
  },
  FailedToAuthenticateAtCsms: {
    isTold: false,
    when: "the CSMS answers a dial with 401, or refuses the certificate of the station",
  },
  FirmwareUpdated: { isTold: true, when: "a new firmware is installed" },
  InvalidChargingStationCertificate: {
    isTold: true,
    when: "a certificate that the CSMS had signed cannot be used (A02.FR.07)",
  },
  InvalidCsmsCertificate: {
    isTold: true,
    when: "the certificate of the CSMS cannot be verified (A00.FR.310)",
  },
  InvalidFirmwareSignature: { isTold: true, when: "a firmware is not what was signed (L01)" },
  InvalidFirmwareSigningCertificate: {
    isTold: true,
    when: "nobody who is trusted issued the certificate of a firmware (L01)",
  },
  InvalidMessages: {
    isTold: false,
    never:
      "what breaks the protocol is answered with its CALLERROR and told in the log of the program",
  },
  InvalidTLSCipherSuite: { isTold: true, when: "the CSMS offers no cipher that is allowed" },
  InvalidTLSVersion: { isTold: true, when: "the CSMS offers no TLS from 1.2 on (A00.FR.315)" },
  MaintenanceLoginAccepted: { isTold: true, never: "nobody logs in at a station" },
  MaintenanceLoginFailed: { isTold: true, never: "nobody logs in at a station" },
  MemoryExhaustion: {
    isTold: true,
    never:
      "a station has no memory of its own, and what the program's disk lacks is told at /health",
  },
  ReconfigurationOfSecurityParameters: {
    isTold: false,
    when: "the CSMS changes the password or the security profile",
  },
  ResetOrReboot: { isTold: true, when: "a boot after a reset is accepted" },
  SecurityLogWasCleared: { isTold: true, never: "nothing clears it" },
  SettingSystemTime: {
    isTold: true,
    when: "the answer to a boot moves the station's clock by more than a second",
  },
  StartupOfTheDevice: { isTold: true, when: "the first boot is accepted" },
  TamperDetectionActivated: { isTold: true, never: "there is no cabinet to open" },
} as const satisfies Record<string, Listed>;

/** The name of a security event. */
export type SecurityEventType = keyof typeof SECURITY_EVENTS;
