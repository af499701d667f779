import type { Clock } from "../../clock/mod.ts";
import type { Log } from "../../log/mod.ts";
import type { Line } from "./line.ts";
import type { RegistrationPorts, RegistrationState } from "./registration.ts";
import type { BootAnswer, BootReason, Said } from "../spoken.ts";

/** What the registration of a station does on its {@link Line}. */
export class LineRegistration implements RegistrationPorts {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  get clock(): Clock {
    return this.#line.world.clock;
  }

  get log(): Log {
    return this.#line.host.log;
  }

  get retryMs(): number {
    return this.#line.world.bootRetryMs;
  }

  boot(reason: BootReason): Promise<Said<BootAnswer>> {
    const { accepted, host, speaker } = this.#line;
    const gate = accepted ? {} : { priority: "first" } as const;
    return speaker.say("boot", { identity: host.identity, reason }, { ...gate, thenHold: true });
  }

  /** A boot that was triggered may have left things as they were, or closed the gate (1.6 §4.2). */
  settled(): void {
    const { accepted, rpc } = this.#line;
    if (accepted) rpc.release();
    else rpc.hold("the CSMS has not accepted the boot");
  }

  heartbeat(): Promise<Said<number | null>> {
    return this.#line.say("heartbeat", null);
  }

  heartbeatMs(): number {
    return this.#line.host.settings.get("heartbeatInterval") * 1000;
  }

  heardTime(time: number, latenessMs: number): void {
    this.#line.heardTime(time, latenessMs);
  }

  changed(from: RegistrationState, retryAt: number | null): void {
    const { accepted, outbox, owner } = this.#line;
    if (!accepted) outbox.close();
    owner.registrationChanged(from, retryAt);
  }

  accepted(intervalSeconds: number): void {
    const { outbox, owner, rpc } = this.#line;
    rpc.release();
    owner.bootAccepted(intervalSeconds);
    outbox.open();
  }
}
