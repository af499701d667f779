import assert from "node:assert/strict";
import type { Connection } from "../../src/connection/mod.ts";

/** A CALL as the station wrote it. */
export interface SentCall {
  readonly id: string;
  readonly action: string;
  readonly payload: Record<string, unknown>;
}

/** The other end of a station's connection, without a socket: what was sent, and answers to it. */
export class FakeCsms implements Connection {
  readonly stationId = "CP1";
  readonly sent: string[] = [];
  readonly latencies: number[] = [];
  status: "sent" | "offline" = "sent";

  send(text: string): "sent" | "offline" {
    if (this.status === "sent") this.sent.push(text);
    return this.status;
  }

  noteLatency(ms: number): void {
    this.latencies.push(ms);
  }

  /** The actions of all CALLs so far. */
  get actions(): string[] {
    return this.calls.map(({ action }) => action);
  }

  get calls(): SentCall[] {
    return this.sent.map((text) => JSON.parse(text)).filter(([type]) => type === 2)
      .map(([, id, action, payload]) => ({ id, action, payload }));
  }

  /** The last CALL, which must be of this action. */
  last(action: string): SentCall {
    const call = this.calls.at(-1);
    assert.equal(call?.action, action);
    return call!;
  }
}
