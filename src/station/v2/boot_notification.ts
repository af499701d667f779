import { readBootAnswer } from "../line/boot_answer.ts";
import { cut, cutField } from "../traffic/cut.ts";
import { says } from "../dialect.ts";
import type { BootAnswer, Spoken } from "../spoken.ts";

/** The station has started, or was asked to say who it is (B01). */
export const bootNotification = says<
  "2.0.1",
  "BootNotification",
  Spoken["boot"]["event"],
  BootAnswer
>({
  action: "BootNotification",
  request({ identity: { vendor, model, serialNumber, firmwareVersion, iccid, imsi }, reason }) {
    const modem = { iccid: cutField(iccid, 20), imsi: cutField(imsi, 20) };
    const hasModem = modem.iccid !== undefined || modem.imsi !== undefined;
    return {
      reason,
      chargingStation: {
        vendorName: cut(vendor, 50),
        model: cut(model, 20),
        serialNumber: cutField(serialNumber, 25),
        firmwareVersion: cutField(firmwareVersion, 50),
        modem: hasModem ? modem : undefined,
      },
    };
  },
  answer: readBootAnswer,
});
