import type { ErrorKind } from "./version.ts";

/** How a payload can be wrong. */
export type Fault =
  /** The payload is not a JSON object. */
  | "payload"
  /** A property that the schema does not know. */
  | "unknown"
  /** A required property is absent. */
  | "missing"
  /** An array has too few or too many items. */
  | "count"
  /** A value of the wrong JSON type, `null` too. */
  | "type"
  /** The right type, but not an allowed value: enumeration, length, bound, format. */
  | "value";

/** What a version calls each fault. */
export type FaultKinds = Readonly<Record<Fault, ErrorKind>>;

// Which code a fault gets follows from the definitions of the codes, and those differ.
//
//                             1.6-J §4.2.3                      2.0.1 and 2.1 part 4 §4.3
//   Formation-/FormatViolation  syntactically incorrect or not    syntactically incorrect
//                               conform the PDU structure
//   ProtocolError               payload is incomplete             not conform the PDU structure
//   Occur(r)enceConstraint…     occurrence constraints of a field (both)
//   PropertyConstraint…         a field contains an invalid value (both)
//   TypeConstraint…             "somestring": 12                  (both)
//
// So an unknown property, which departs from the PDU structure, is FormationViolation in 1.6 and
// ProtocolError in 2.x. An absent required property makes the payload incomplete, which 1.6 calls
// ProtocolError; 2.x has no such word, there it is a cardinality of 1..1 that was not kept.

/** The faults of a payload in 1.6. */
export const FAULT_KINDS_16 = {
  payload: "FormatViolation",
  unknown: "FormatViolation",
  missing: "ProtocolError",
  count: "OccurrenceConstraintViolation",
  type: "TypeConstraintViolation",
  value: "PropertyConstraintViolation",
} as const satisfies FaultKinds;

/** The faults of a payload in 2.0.1 and 2.1. */
export const FAULT_KINDS_2 = {
  payload: "FormatViolation",
  unknown: "ProtocolError",
  missing: "OccurrenceConstraintViolation",
  count: "OccurrenceConstraintViolation",
  type: "TypeConstraintViolation",
  value: "PropertyConstraintViolation",
} as const satisfies FaultKinds;

/** How 2.0.1 and 2.1 spell errors (part 4 §4.3). */
export const ERROR_CODES_2 = {
  FormatViolation: "FormatViolation",
  GenericError: "GenericError",
  InternalError: "InternalError",
  MessageTypeNotSupported: "MessageTypeNotSupported",
  NotImplemented: "NotImplemented",
  NotSupported: "NotSupported",
  OccurrenceConstraintViolation: "OccurrenceConstraintViolation",
  PropertyConstraintViolation: "PropertyConstraintViolation",
  ProtocolError: "ProtocolError",
  RpcFrameworkError: "RpcFrameworkError",
  SecurityError: "SecurityError",
  TypeConstraintViolation: "TypeConstraintViolation",
} as const satisfies Record<ErrorKind, ErrorKind>;

/** How 1.6 spells errors (1.6-J §4.2.3): one misspelt, one its own, two that it does not know. */
export const ERROR_CODES_16 = {
  ...ERROR_CODES_2,
  FormatViolation: "FormationViolation",
  MessageTypeNotSupported: "NotSupported",
  OccurrenceConstraintViolation: "OccurenceConstraintViolation",
  RpcFrameworkError: "FormationViolation",
} as const satisfies Record<ErrorKind, string>;
