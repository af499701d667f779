import type { Charger } from "./charger.ts";
import type { Part } from "./device_model/parts.ts";
import type { Kind, Spoken } from "./spoken.ts";

/**
 * Says a report part by part, each once the one before was answered, so that none overtakes another.
 * What is left when the connection ends is of no use to anybody any more.
 */
export async function sayParts<K extends Kind, Item>(
  station: Pick<Charger, "say" | "log">,
  kind: K,
  parts: readonly Part<Item>[],
  spell: (part: Part<Item>) => Spoken[K]["event"],
): Promise<void> {
  for (const part of parts) {
    const said = await station.say(kind, spell(part));
    if (said.kind !== "offline") continue;
    const { seqNo } = part;
    station.log.warn("A report ends early", {
      part: seqNo + 1,
      of: parts.length,
      why: said.message,
    });
    return;
  }
}
