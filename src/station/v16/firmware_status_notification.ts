import { says } from "../dialect.ts";
import type { FirmwareStatus, Spoken } from "../spoken.ts";

type Said = Spoken["firmwareStatus"];
type Known = "Idle" | "Downloading" | "Downloaded" | "DownloadFailed" | "Installing" | "Installed";

/** What plain 1.6 (§7.25) has a word for; the steps in between it does not tell. */
const STATUSES: Readonly<Partial<Record<FirmwareStatus, Known | "InstallationFailed">>> = {
  Idle: "Idle",
  Downloading: "Downloading",
  Downloaded: "Downloaded",
  DownloadFailed: "DownloadFailed",
  Installing: "Installing",
  Installed: "Installed",
  InstallationFailed: "InstallationFailed",
  InstallVerificationFailed: "InstallationFailed",
};

/** 1.6 §4.5: of an update that UpdateFirmware began, and of none at all. */
export const firmwareStatusNotification = says<
  "1.6",
  "FirmwareStatusNotification",
  Said["event"],
  Said["answer"]
>({
  action: "FirmwareStatusNotification",
  request({ status, requestId, extended }) {
    const known = STATUSES[status];
    return requestId !== null || extended === true || known === undefined
      ? null
      : { status: known };
  },
  answer() {},
});
