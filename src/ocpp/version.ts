/** An OCPP version, by its number. */
export type VersionId = "1.6" | "2.0.1" | "2.1";

/** What went wrong with a message, in the words of 2.x; each version spells them its own way. */
export type ErrorKind =
  | "FormatViolation"
  | "GenericError"
  | "InternalError"
  | "MessageTypeNotSupported"
  | "NotImplemented"
  | "NotSupported"
  | "OccurrenceConstraintViolation"
  | "PropertyConstraintViolation"
  | "ProtocolError"
  | "RpcFrameworkError"
  | "SecurityError"
  | "TypeConstraintViolation";

/** One thing that is wrong with a payload. */
export interface Violation {
  readonly kind: ErrorKind;
  /** Where, like `chargingProfile.chargingSchedule[0].duration`; `""` is the payload itself. */
  readonly path: string;
  /** What is allowed and what was found, in words. */
  readonly message: string;
}

/** Checks a payload. An empty answer means that it is valid. Never throws. */
export type Validate = (payload: unknown) => readonly Violation[];

/** An action: its name, who may send it, and what its payloads look like. */
export interface Action {
  readonly name: string;
  /** Who may send it. */
  readonly from: "station" | "csms" | "both";
  /** `send` is never answered (2.1 part 4 §4.2.5) and has no response. */
  readonly messageType: "call" | "send";
  readonly request: Validate;
  readonly response: Validate;
}

/** An OCPP version is a value: its subprotocol, its actions and its spelling of errors. */
export interface OcppVersion {
  readonly id: VersionId;
  readonly subprotocol: string;
  /** By name. */
  readonly actions: ReadonlyMap<string, Action>;
  /** How this version spells each kind; what it does not know is spelled as the nearest it does. */
  readonly errorCodes: Readonly<Record<ErrorKind, string>>;
}
