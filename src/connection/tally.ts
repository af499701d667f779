import type { Clock } from "../clock/mod.ts";
import type { StateChange } from "./outcome.ts";
import { utf8Length } from "./text.ts";

/** What a connection counts, over all its sessions. Times are milliseconds since 1970. */
export class Tally {
  connectedAt: number | null = null;
  disconnectedAt: number | null = null;
  lastMessageAt: number | null = null;
  messagesSent = 0;
  messagesReceived = 0;
  bytesSent = 0;
  bytesReceived = 0;
  lastError: string | null = null;
  latencyMs: number | null = null;
  readonly #clock: Pick<Clock, "now">;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  sent(text: string): void {
    this.messagesSent++;
    this.bytesSent += utf8Length(text);
    this.lastMessageAt = this.#clock.now();
  }

  received(text: string): void {
    this.messagesReceived++;
    this.bytesReceived += utf8Length(text);
    this.lastMessageAt = this.#clock.now();
  }

  changed({ to, at, ended }: StateChange): void {
    if (to.name === "connected") this.connectedAt = to.since;
    if (ended !== null) this.disconnectedAt = at;
    if ("cause" in to && to.cause.kind !== "asked") this.lastError = to.cause.message;
  }
}
