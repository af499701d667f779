import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { cut } from "../traffic/cut.ts";
import { writeTime } from "../time.ts";

type Said = Spoken["securityEvent"];

/** What 1.6 calls otherwise than 2.x (whitepaper §8). */
const TYPES: Readonly<Record<string, string>> = {
  CsmsFailedToAuthenticate: "CentralSystemFailedToAuthentication",
  FailedToAuthenticateAtCsms: "FailedToAuthenticationAtCentralSystem",
  InvalidChargingStationCertificate: "InvalidChargePointCertificate",
  InvalidCsmsCertificate: "InvalidCentralSystemCertificate",
};

const LONGEST_INFO = 255;

/** Whitepaper §5.15, A04. */
export const securityEventNotification = says<
  "1.6",
  "SecurityEventNotification",
  Said["event"],
  Said["answer"]
>({
  action: "SecurityEventNotification",
  request: ({ type, at, info }) =>
    // The whitepaper has no word for it; the security log has.
    type === "DiscardedRenewedClientCertificate" ? null : {
      type: TYPES[type] ?? type,
      timestamp: writeTime(at),
      ...(info === null || info === "" ? {} : { techInfo: cut(info, LONGEST_INFO) }),
    },
  answer() {},
});
