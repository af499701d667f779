import { revealSecrets, type StationConfig, type StationDocument } from "../../config/mod.ts";
import { describeError } from "../../log/mod.ts";
import type { Fleet } from "./fleet.ts";
import type { KeptStation, StationsKept } from "./kept.ts";
import type { RosterAnswer } from "./roster_answer.ts";

/** Keeps what the next start has to know of stations. */
export class Keeper {
  /** Documents that are kept and cannot be stations now: config.yaml has the id, or they are wrong. */
  readonly aside = new Map<string, StationDocument>();
  readonly #fleet: Pick<Fleet, "source">;
  readonly #kept: StationsKept;

  constructor(fleet: Pick<Fleet, "source">, kept: StationsKept) {
    this.#fleet = fleet;
    this.#kept = kept;
  }

  /** All or none. `null`: they are kept. */
  async keep(configs: readonly StationConfig[]): Promise<RosterAnswer | null> {
    const changes = configs.map((config) => [config.id, this.#document(config)] as const);
    const unkept = await this.#try(this.#kept.keep(changes));
    if (unkept !== null) return unkept;
    for (const { id } of configs) if (this.#fleet.source(id) === "api") this.aside.delete(id);
    return null;
  }

  /** `null`: it is forgotten, with all that it remembers. */
  async forget(id: string): Promise<RosterAnswer | null> {
    const unkept = await this.#try(this.#kept.forget(id));
    if (unkept === null) this.aside.delete(id);
    return unkept;
  }

  #document(config: StationConfig): KeptStation | null {
    const { id, autoStart, written } = config;
    if (this.#fleet.source(id) === "api") return { document: revealSecrets(written) };
    const aside = this.aside.get(id);
    const document = aside && { document: revealSecrets(aside) };
    if (autoStart !== startsBy(written)) return { ...document, autoStart };
    return document ?? null;
  }

  async #try(done: Promise<void>): Promise<RosterAnswer | null> {
    try {
      await done;
      return null;
    } catch (thrown) {
      const reason = `Cannot keep the change over a restart: ${describeError(thrown)}`;
      return { kind: "unkept", reason };
    }
  }
}

/** Whether a station starts by itself, as far as its document says. */
export function startsBy({ autoStart = true }: StationDocument): boolean {
  return autoStart === true;
}
