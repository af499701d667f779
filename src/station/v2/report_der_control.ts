import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { writeDerControls } from "./der_control.ts";

/** A part of the DER controls that the CSMS asked for (2.1 R04). */
export const reportDERControl = says<
  "2.1",
  "ReportDERControl",
  Spoken["derControls"]["event"],
  void
>({
  action: "ReportDERControl",
  request: ({ requestId, items, isContinued }) => ({
    requestId,
    tbc: isContinued,
    ...writeDerControls(items),
  }),
  answer() {},
});
