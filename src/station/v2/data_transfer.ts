import { obeys, says } from "../dialect.ts";
import { isSameText } from "../line/same_text.ts";
import type { Spoken } from "../spoken.ts";
import { refusing } from "./status_info.ts";

/** Something of a vendor's own, to the CSMS (P02). */
export const dataTransfer = says<
  "2.0.1",
  "DataTransfer",
  Spoken["dataTransfer"]["event"],
  Spoken["dataTransfer"]["answer"]
>({
  action: "DataTransfer",
  request: ({ vendorId, messageId, data }) => ({
    vendorId,
    messageId: messageId ?? undefined,
    data: data ?? undefined,
  }),
  answer: ({ status, data }) => ({ status: status ?? "Rejected", data: data ?? null }),
});

/**
 * Something of a vendor's own, from the CSMS (P01). The emulator has one such message: `Echo` to the
 * vendor that the station says it is of, answered with the same data.
 */
export const takeDataTransfer = obeys<"2.1", "DataTransfer">(
  (station, { vendorId, messageId, data }) => {
    if (!isSameText(vendorId, station.identity.vendor)) return { status: "UnknownVendorId" };
    if (messageId === undefined) {
      const reject = refusing(station, "DataTransfer", "Rejected");
      return reject("MissingParam", "it names no message, and the only one known is Echo");
    }
    if (!isSameText(messageId, "Echo")) return { status: "UnknownMessageId" };
    return { status: "Accepted", data: data ?? undefined };
  },
);
