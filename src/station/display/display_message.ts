/** When a message is shown among others (MessagePriorityEnumType of 2.x). */
export type DisplayPriority = "AlwaysFront" | "InFront" | "NormalCycle";

/** What a place must be like while a message is shown. 2.0.1 knows the first four. */
export type DisplayState =
  | "Charging"
  | "Faulted"
  | "Idle"
  | "Unavailable"
  | "Suspended"
  | "Discharging";

/** One text in one language. */
export interface DisplayContent {
  /** `ASCII`, `HTML`, `URI`, `UTF8` or `QRCODE`. */
  readonly format: string;
  /** As in RFC 5646; `null`: it does not say. */
  readonly language: string | null;
  readonly content: string;
}

/** A message for the displays of a station (2.x part 2 O). Plain JSON; times are milliseconds since 1970. */
export interface DisplayMessage {
  readonly id: number;
  readonly priority: DisplayPriority;
  /** `null`: in every state. */
  readonly state: DisplayState | null;
  /** `null`: at once. */
  readonly from: number | null;
  /** From then on it is gone; `null`: it stays. */
  readonly to: number | null;
  /** It is gone when this transaction ends; `null`: it belongs to none. */
  readonly transactionId: string | null;
  /** The component that shows it; `null`: the main display. */
  readonly display: {
    readonly name: string;
    readonly instance: string | null;
    /** `null`: the station's own. */
    readonly connectorId: number | null;
  } | null;
  /** In its languages; the first is what it says. */
  readonly contents: readonly DisplayContent[];
}
