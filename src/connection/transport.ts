import type { Secret } from "../log/mod.ts";
import type { CloseCause } from "./cause.ts";

/** What TLS needs to know. PEM texts. Connections with the same settings should share one object. */
export interface TlsOptions {
  readonly caCert: string | null;
  readonly clientCert: string | null;
  readonly clientKey: Secret | null;
  readonly insecureSkipVerify: boolean;
}

/** Where to dial and how to introduce ourselves. */
export interface Target {
  /** `ws:` or `wss:`, the station id already in it. */
  readonly url: string;
  /** In order of preference, at least one. */
  readonly subprotocols: readonly string[];
  /** The value of the `Authorization` header. */
  readonly authorization: Secret | null;
  /** `null`: the runtime's own roots, no client certificate. */
  readonly tls: TlsOptions | null;
}

/** An open WebSocket. It knows text and nothing of OCPP. */
export interface Transport {
  /** As the server chose it, unchecked; `""` when it chose none. */
  readonly subprotocol: string;
  /** Payload bytes that the kernel has not taken yet. */
  readonly bufferedBytes: number;
  /** Hands a text frame to the socket. Does nothing on a closed socket. */
  send(text: string): void;
  /** When the peer sent its last frame, a pong too; at first, when it opened. On the monotonic clock. */
  readonly heardAt: number;
  /** Sends a ping, to which a living peer answers. `false`: this runtime cannot, and hears no pong. */
  ping(): boolean;
  /** Starts the closing handshake. The peer may never answer: see {@link Transport.abandon}. */
  close(code: number, reason: string): void;
  /** Lets go of the socket without waiting for anybody; `closed` resolves with `cause`. */
  abandon(cause: CloseCause): void;
  /** How it ended. Never rejects. */
  readonly closed: Promise<CloseCause>;
}

/**
 * Opens a WebSocket. `onText` is attached before the promise resolves, so no frame is missed; it must
 * not throw. Rejects with a {@link DialError}, also when `signal` is aborted.
 */
export type Dial = (
  target: Target,
  onText: (text: string) => void,
  signal: AbortSignal,
) => Promise<Transport>;
