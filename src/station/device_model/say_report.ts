import type { Charger } from "../charger.ts";
import type { Spoken } from "../spoken.ts";
import { partsOf } from "./parts.ts";

/** The reports on the device model. */
type ReportKind = "monitoringReport" | "report";

/**
 * Says a report in parts, each once the one before was answered; before the boot is accepted too
 * (B02.FR.02). What is left when the connection ends is of no use to anybody any more.
 */
export async function sayReport<K extends ReportKind>(
  station: Pick<Charger, "log" | "now" | "sayNow">,
  kind: K,
  requestId: number,
  items: Spoken[K]["event"]["items"],
): Promise<void> {
  const parts = partsOf<unknown>(station.now(), items);
  for (const part of parts) {
    const said = await station.sayNow(kind, { ...part, requestId } as Spoken[K]["event"]);
    if (said.kind === "answered" || said.kind === "unsaid") continue;
    const why = said.kind === "error" ? `${said.code} ${said.description}`.trim() : said.message;
    station.log.warn("A report ends early: the CSMS did not take a part of it", {
      requestId,
      part: part.seqNo + 1,
      of: parts.length,
      why,
    });
    return;
  }
}
