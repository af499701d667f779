/** How the CSMS behaves from now on, well or badly. All of it can change while it runs. */
export interface Behaviour {
  /** Answers handshakes with an HTTP status instead of 101. */
  readonly refuse: Refusal | null;
  /** `choose`: by the rules. `none`: no subprotocol. `{ bogus }`: this one, offered or not. */
  readonly subprotocol: "choose" | "none" | { readonly bogus: string };
  /** Closes every connection as soon as it is open. */
  readonly closeAtOnce: { readonly code: number; readonly reason: string } | null;
  /**
   * Accepts connections, but reads and sends nothing on any: pings get no pong, calls no answer. The
   * runtime answers whatever ping it reads, so not to pong is not to read.
   */
  readonly neverPong: boolean;
  /** Like a stopped process: as `neverPong`, and handshakes stay without an answer too. */
  readonly frozen: boolean;
  /** What calls get: their answer, a CALLERROR InternalError, something that is no OCPP, or nothing. */
  readonly answers: "normal" | "error" | "garbage" | "nothing";
  /** How long every answer takes. */
  readonly answerDelayMs: number;
  /** What a BootNotification gets. */
  readonly boot: "Accepted" | "Pending" | "Rejected";
}

/** An HTTP answer in place of a WebSocket. */
export interface Refusal {
  readonly status: number;
  /** Seconds, or an HTTP date. */
  readonly retryAfter?: number | string;
}

/** A friendly CSMS. */
export const FRIENDLY: Behaviour = {
  refuse: null,
  subprotocol: "choose",
  closeAtOnce: null,
  neverPong: false,
  frozen: false,
  answers: "normal",
  answerDelayMs: 0,
  boot: "Accepted",
};
