import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["firmwareStatus"];

/** Whitepaper §5.19: of an update that SignedUpdateFirmware began. */
export const signedFirmwareStatusNotification = says<
  "1.6",
  "SignedFirmwareStatusNotification",
  Said["event"],
  Said["answer"]
>({
  action: "SignedFirmwareStatusNotification",
  request({ status, requestId, extended }) {
    if (requestId !== null) return { status, requestId };
    return extended === true ? { status } : null;
  },
  answer() {},
});
