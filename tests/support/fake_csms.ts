import assert from "node:assert/strict";
import type { Cause, Connection, TargetChange } from "../../src/connection/mod.ts";

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
  /** What the station wanted of its connection. */
  readonly retargets: TargetChange[] = [];
  readonly reconnects: (number | undefined)[] = [];
  readonly pingIntervals: number[] = [];
  /** What becomes of a retarget. */
  retargeted: Cause | null = null;
  status: "sent" | "offline" = "sent";
  /** Hears of each text. */
  onSent: (text: string) => void = () => {};

  send(text: string): "sent" | "offline" {
    if (this.status === "sent") {
      this.sent.push(text);
      this.onSent(text);
    }
    return this.status;
  }

  noteLatency(ms: number): void {
    this.latencies.push(ms);
  }

  retarget(change: TargetChange): Promise<Cause | null> {
    this.retargets.push(change);
    return Promise.resolve(this.retargeted);
  }

  reconnect(awayMs?: number): boolean {
    this.reconnects.push(awayMs);
    return true;
  }

  setPingInterval(intervalMs: number): void {
    this.pingIntervals.push(intervalMs);
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
