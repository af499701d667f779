import type { Clock, Random } from "../clock/mod.ts";
import type { Log } from "../log/mod.ts";
import type { Users } from "./basic_auth.ts";
import type { Behaviour } from "./behaviour.ts";
import type { Listen } from "./listener.ts";

/** What a CSMS is from its start. All but clock, chance and log have defaults. */
export interface CsmsOptions {
  /** `127.0.0.1` by default. */
  readonly host?: string;
  /** 0, any free one, by default. */
  readonly port?: number;
  /** Certificate and key as PEM; without them it speaks plain `ws:`. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Without them every station is let in without a password, else only these. */
  readonly users?: Users;
  /** What the answer to a BootNotification names; 5 minutes by default, rounded to seconds. */
  readonly bootIntervalMs?: number;
  /** Whether payloads are held against the schemas of their version; they are by default. */
  readonly validate?: boolean;
  /** Drops a station that does not answer a ping for so long; 2 minutes by default, 0: never. */
  readonly idleTimeoutMs?: number;
  /** How long a station may take to answer a call; 30 seconds by default. */
  readonly callTimeoutMs?: number;
  /** How it behaves at first, where that is not friendly. */
  readonly behaviour?: Partial<Behaviour>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly onConnect?: (stationId: string, subprotocol: string | null) => void;
  /** 1006: without a close frame. */
  readonly onDisconnect?: (stationId: string, code: number) => void;
  /** Hears every frame that a station sends, before it is read. */
  readonly onText?: (stationId: string, text: string) => void;
  /** `Deno.serve`, or what a test puts in its place. */
  readonly listen?: Listen;
}
