import { says } from "../dialect.ts";
import type { BootAnswer, Spoken } from "../spoken.ts";
import { cut } from "../cut.ts";
import { readTime } from "../time.ts";

/** The station has started, or was asked to say who it is (§4.2). 1.6 does not tell why. */
export const bootNotification = says<
  "1.6",
  "BootNotification",
  Spoken["boot"]["event"],
  BootAnswer
>({
  action: "BootNotification",
  request({ identity: { vendor, model, serialNumber, firmwareVersion, iccid, imsi } }) {
    // What is configured may have the lengths of 2.x (§6.3).
    return {
      chargePointVendor: cut(vendor, 20),
      chargePointModel: cut(model, 20),
      chargePointSerialNumber: field(serialNumber, 25),
      firmwareVersion: field(firmwareVersion, 50),
      iccid: field(iccid, 20),
      imsi: field(imsi, 20),
    };
  },
  answer({ status, interval, currentTime }) {
    return {
      // A word that nobody knows: the station asks again.
      status: status === "Accepted" || status === "Rejected" ? status : "Pending",
      intervalSeconds: Number.isFinite(interval) ? Math.max(0, interval) : 0,
      currentTime: readTime(currentTime),
    };
  },
});

/** Left out when there is nothing to say. */
function field(text: string | null, most: number): string | undefined {
  return text === null || text === "" ? undefined : cut(text, most);
}
