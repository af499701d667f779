import type { Charger } from "../charger.ts";
import { failure } from "./said.ts";
import type { Spoken } from "../spoken.ts";

/** What a CSMS asks to be told, and hears in parts. */
type ReportKind =
  | "chargingProfiles"
  | "customerInformation"
  | "derControls"
  | "displayMessages"
  | "monitoringReport"
  | "report";

/**
 * Says a report part by part, each once the one before was answered, so that none overtakes another; before
 * the boot is accepted too, since the CSMS asked for it (2.x B02). What is left when the connection ends, or
 * a part is not taken, is of no use to anybody any more.
 */
export async function sayParts<K extends ReportKind>(
  station: Pick<Charger, "log" | "sayNow">,
  kind: K,
  requestId: number,
  parts: readonly Omit<Spoken[K]["event"], "requestId">[],
): Promise<void> {
  for (const [index, part] of parts.entries()) {
    const said = await station.sayNow(kind, { ...part, requestId } as Spoken[K]["event"]);
    if (said.kind === "answered" || said.kind === "unsaid") continue;
    station.log.warn("A report ends early: the CSMS did not take a part of it", {
      requestId,
      part: index + 1,
      of: parts.length,
      why: failure(said),
    });
    return;
  }
}
