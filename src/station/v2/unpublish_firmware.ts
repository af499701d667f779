import { obeys } from "../dialect.ts";

/** Firmware is never published here (L04): it is being fetched, or there is none. */
export const unpublishFirmware = obeys<"2.1", "UnpublishFirmware">((
  { services: { facilities } },
  request,
) => ({
  status: facilities.publications.isBusy(request.checksum) ? "DownloadOngoing" : "NoFirmware",
}));
