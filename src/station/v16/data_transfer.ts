import { obeys, says } from "../dialect.ts";
import { isSameText } from "../line/same_text.ts";
import type { Spoken } from "../spoken.ts";

/** Something of a vendor's own, to the CSMS (§4.3). What is not a text goes as JSON. */
export const dataTransfer = says<
  "1.6",
  "DataTransfer",
  Spoken["dataTransfer"]["event"],
  Spoken["dataTransfer"]["answer"]
>({
  action: "DataTransfer",
  request: ({ vendorId, messageId, data }) => ({
    vendorId,
    messageId: messageId ?? undefined,
    data: writeData(data),
  }),
  answer: ({ status, data }) => ({ status: status ?? "Rejected", data: data ?? null }),
});

/**
 * Something of a vendor's own, from the CSMS (§5.6). The emulator has one such message: `Echo` to the
 * vendor that the station says it is of, answered with the same data.
 */
export const takeDataTransfer = obeys<"1.6", "DataTransfer">(
  ({ identity, log }, { vendorId, messageId, data }) => {
    if (!isSameText(vendorId, identity.vendor)) return { status: "UnknownVendorId" };
    if (messageId === undefined) {
      log.info("DataTransfer is rejected: it names no message, and the only one known is Echo");
      return { status: "Rejected" };
    }
    if (!isSameText(messageId, "Echo")) return { status: "UnknownMessageId" };
    return { status: "Accepted", data: writeData(data) };
  },
);

function writeData(data: unknown): string | undefined {
  if (data === null || data === undefined) return undefined;
  return typeof data === "string" ? data : JSON.stringify(data);
}
