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

  /** Answers how many bytes it is, as UTF-8. */
  sent(text: string, at: number): number {
    const bytes = utf8Length(text);
    this.messagesSent++;
    this.bytesSent += bytes;
    this.lastMessageAt = at;
    return bytes;
  }

  /** Answers how many bytes it is, as UTF-8. */
  received(text: string, at: number): number {
    const bytes = utf8Length(text);
    this.messagesReceived++;
    this.bytesReceived += bytes;
    this.lastMessageAt = at;
    return bytes;
  }

  changed({ to, at, ended }: StateChange): void {
    if (to.name === "connected") this.connectedAt = to.since;
    if (ended !== null) this.disconnectedAt = at;
    if ("cause" in to && to.cause.kind !== "asked") this.lastError = to.cause.message;
  }
}
