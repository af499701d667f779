import type { Cancel, Clock } from "../../clock/mod.ts";
import type { ProfileUpdate } from "./dynamic.ts";
import type { InstalledProfile } from "./profile.ts";

/** The station, as {@link Pulls} see it. */
export interface PullsOwner {
  /** Those that are in force. */
  profiles(): readonly InstalledProfile[];
  /** Asks the CSMS; `null`: it has nothing, or cannot be asked now. */
  pull(profileId: number): Promise<ProfileUpdate | null>;
  update(profileId: number, update: ProfileUpdate): void;
}

/** Fetches the limits of Dynamic profiles that want it, each at its interval (2.1 K28). One timer each. */
export class Pulls {
  readonly #owner: PullsOwner;
  readonly #clock: Pick<Clock, "after">;
  readonly #timers = new Map<number, { readonly seconds: number; readonly cancel: Cancel }>();

  constructor(owner: PullsOwner, clock: Pick<Clock, "after">) {
    this.#owner = owner;
    this.#clock = clock;
  }

  /** Profiles came or went. */
  look(): void {
    const wanted = new Map(
      this.#owner.profiles().flatMap(({ profile: { id, pullEveryS } }) =>
        pullEveryS ? [[id, pullEveryS] as const] : []
      ),
    );
    for (const [id, { seconds, cancel }] of this.#timers) {
      if (wanted.get(id) === seconds) continue;
      cancel();
      this.#timers.delete(id);
    }
    for (const [id, seconds] of wanted) if (!this.#timers.has(id)) this.#wait(id, seconds);
  }

  stop(): void {
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #wait(id: number, seconds: number): void {
    const cancel = this.#clock.after(seconds * 1000, () => {
      this.#wait(id, seconds);
      void this.#pull(id);
    });
    this.#timers.set(id, { seconds, cancel });
  }

  async #pull(id: number): Promise<void> {
    const update = await this.#owner.pull(id);
    // It may have gone in the meantime.
    if (update !== null && this.#timers.has(id)) this.#owner.update(id, update);
  }
}
