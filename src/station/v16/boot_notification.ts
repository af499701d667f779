import { readBootAnswer } from "../line/boot_answer.ts";
import { cut, cutField } from "../traffic/cut.ts";
import { says } from "../dialect.ts";
import type { BootAnswer, Spoken } from "../spoken.ts";

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
      chargePointSerialNumber: cutField(serialNumber, 25),
      firmwareVersion: cutField(firmwareVersion, 50),
      iccid: cutField(iccid, 20),
      imsi: cutField(imsi, 20),
    };
  },
  answer: readBootAnswer,
});
