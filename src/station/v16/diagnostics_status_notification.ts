import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Said = Spoken["logStatus"];

/** §7.24. `null`: there is nothing to say. */
const STATUSES = {
  AcceptedCanceled: null,
  BadMessage: "UploadFailed",
  Idle: "Idle",
  NotSupportedOperation: "UploadFailed",
  PermissionDenied: "UploadFailed",
  Uploaded: "Uploaded",
  UploadFailure: "UploadFailed",
  Uploading: "Uploading",
} as const satisfies Record<Said["event"]["status"], string | null>;

/** 1.6 §4.4: of an upload that GetDiagnostics began, and of none at all. */
export const diagnosticsStatusNotification = says<
  "1.6",
  "DiagnosticsStatusNotification",
  Said["event"],
  Said["answer"]
>({
  action: "DiagnosticsStatusNotification",
  request(event) {
    const status = STATUSES[event.status];
    return event.requestId !== null || event.extended === true || status === null
      ? null
      : { status };
  },
  answer() {},
});
