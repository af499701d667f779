/**
 * Why a connection is not there. `message` is one sentence for a person; everything else is for code.
 * The two halves are kept apart because only a {@link DialFailure} counts as a failed dial.
 */
export type Cause = DialFailure | CloseCause;

/** Why a dial did not lead to a usable connection. */
export interface DialFailure {
  readonly kind:
    | "refused" // nothing listens there
    | "unreachable" // no route, network down
    | "dns" // the name has no address
    | "timeout" // no answer within the connection timeout
    | "http" // an HTTP answer other than 101
    | "certificate" // the server's certificate: unknown, expired, wrong name
    | "client-certificate" // the server wants one, or rejects ours
    | "tls" // any other TLS failure
    | "subprotocol" // none of ours was chosen
    | "handshake" // the peer does not speak WebSocket
    | "no-file-descriptors" // this process or machine has none left
    | "invalid"; // the URL, a header or the TLS material cannot be used at all
  readonly message: string;
  /** The HTTP status, for `http`. */
  readonly status?: number;
  /** What `Retry-After` asked for, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The server answered well when it was asked why: redial at once. */
  readonly recovered?: true;
}

/** How an open connection ended. */
export interface CloseCause {
  readonly kind:
    | "peer-closed" // the CSMS sent a close frame
    | "lost" // end of stream or reset without a close frame
    | "no-pong" // the peer is dead: no pong in time
    | "protocol" // the peer broke RFC 6455: bad UTF-8, reserved bits, frame too large
    | "stalled" // the peer did not read for too long
    | "asked" // we closed it
    | "close-timeout"; // we closed it, and the peer never answered
  readonly message: string;
  /** The close code of the peer's close frame; 1005 when it had none. */
  readonly code?: number;
  readonly reason?: string;
}

/** This side wanted the end. */
export const ASKED: CloseCause = { kind: "asked", message: "closed by this side" };

/** Thrown by a {@link Dial}: the dial failed, and this is why. */
export class DialError extends Error {
  override readonly name = "DialError";
  readonly failure: DialFailure;

  constructor(failure: DialFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}
