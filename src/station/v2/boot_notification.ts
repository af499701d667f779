import { says } from "../dialect.ts";
import type { BootAnswer, Spoken } from "../spoken.ts";
import { cut } from "../cut.ts";
import { readTime } from "../time.ts";

/** The station has started, or was asked to say who it is (B01). */
export const bootNotification = says<
  "2.0.1",
  "BootNotification",
  Spoken["boot"]["event"],
  BootAnswer
>({
  action: "BootNotification",
  request({ identity: { vendor, model, serialNumber, firmwareVersion, iccid, imsi }, reason }) {
    const modem = { iccid: field(iccid, 20), imsi: field(imsi, 20) };
    const hasModem = modem.iccid !== undefined || modem.imsi !== undefined;
    return {
      reason,
      chargingStation: {
        vendorName: cut(vendor, 50),
        model: cut(model, 20),
        serialNumber: field(serialNumber, 25),
        firmwareVersion: field(firmwareVersion, 50),
        modem: hasModem ? modem : undefined,
      },
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
