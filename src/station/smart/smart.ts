import type { Works } from "../works.ts";
import { clearExternalLimit, setExternalLimit } from "./external_limits.ts";
import { allowTransfer, tellSchedule } from "./needs.ts";
import type { ExternalLimit } from "./profiles.ts";
import { Pulls } from "./pulls.ts";

/** Smart charging beyond the profiles that a CSMS sets (2.x K11 to K17, 2.1 K28, Q02). */
export class Smart {
  readonly #works: Works;
  #pulls: Pulls | null = null;

  constructor(works: Works) {
    this.#works = works;
  }

  /** Somebody beside the CSMS limits a connector, or with 0 the station (2.x K11, K12). */
  setExternalLimit(connectorId: number, limit: ExternalLimit): void {
    setExternalLimit(this.#works, connectorId, limit);
  }

  /** That limit is gone, or with `null` all of its source (2.x K13). */
  clearExternalLimit(connectorId: number | null, source: string): void {
    clearExternalLimit(this.#works, connectorId, source);
  }

  /** The car on a connector may choose its way of energy transfer anew (2.1 Q02). */
  allowTransfer(connectorId: number, allowed: readonly string[]): void {
    const connector = this.#works.all.get(connectorId);
    if (connector !== undefined) allowTransfer(this.#works, connector, allowed);
  }

  /** A profile came for the transaction on a connector: its car says what it takes of it (2.x K15). */
  profileGiven(connectorId: number): void {
    const connector = this.#works.all.get(connectorId);
    if (connector !== undefined) tellSchedule(this.#works, connector);
  }

  /** Profiles came or went: the Dynamic ones fetch their limits (2.1 K28). */
  profilesChanged(): void {
    const works = this.#works;
    const { installed } = works.profiles;
    if (this.#pulls === null && installed.every((one) => !one.profile.pullEveryS)) return;
    this.#pulls ??= new Pulls({
      profiles: () => works.profiles.installed,
      pull: async (profileId) => {
        const said = await works.say("pullProfile", { profileId });
        return said.kind === "answered" ? said.answer : null;
      },
      update: (id, update) => {
        if (works.profiles.update(id, update, works.now())) works.limitsChanged();
      },
    }, works.clock);
    this.#pulls.look();
  }

  stop(): void {
    this.#pulls?.stop();
  }
}
