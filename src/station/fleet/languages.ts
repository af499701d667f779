import type { ProtocolVersion, StationConfig } from "../../config/mod.ts";
import { loadVersion } from "../../ocpp/mod.ts";
import { loadDialect } from "../dialects.ts";
import type { Language } from "../line/line_ports.ts";

/** The languages that stations offer, loaded when the first one speaks them. */
export class Languages {
  readonly #loaded = new Map<ProtocolVersion, Language>();
  /** One list for all stations that offer the same. */
  readonly #lists = new Map<string, readonly Language[]>();

  /** Makes sure that {@link Languages.of} knows what these stations speak. */
  async load(configs: Iterable<Pick<StationConfig, "protocolVersions">>): Promise<void> {
    const ids = new Set<ProtocolVersion>();
    for (const { protocolVersions } of configs) for (const id of protocolVersions) ids.add(id);
    await Promise.all(Array.from(ids.difference(this.#loaded), async (id) => {
      const [version, dialect] = await Promise.all([loadVersion(id), loadDialect(id)]);
      this.#loaded.set(id, { version, dialect });
    }));
  }

  /** In the station's order of preference. */
  of({ protocolVersions }: Pick<StationConfig, "protocolVersions">): readonly Language[] {
    const key = protocolVersions.join();
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = protocolVersions.flatMap((id) => this.#loaded.get(id) ?? []);
    this.#lists.set(key, list);
    return list;
  }
}
