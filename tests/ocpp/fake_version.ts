import type { Action, ErrorKind, OcppVersion, VersionId } from "../../src/ocpp/mod.ts";

const CODES_2: Record<ErrorKind, string> = {
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
};

const CODES_16 = {
  ...CODES_2,
  FormatViolation: "FormationViolation",
  MessageTypeNotSupported: "NotSupported",
  OccurrenceConstraintViolation: "OccurenceConstraintViolation",
  RpcFrameworkError: "FormationViolation",
};

export const VERSION_IDS = ["1.6", "2.0.1", "2.1"] as const satisfies readonly VersionId[];

/** A version with the spelling of the real one and the given actions, without its schemas. */
export function fakeVersion(id: VersionId, actions: readonly Action[] = []): OcppVersion {
  return {
    id,
    subprotocol: `ocpp${id}`,
    actions: new Map(actions.map((action) => [action.name, action])),
    errorCodes: id === "1.6" ? CODES_16 : CODES_2,
  };
}

/** An action whose payloads are always fine, but for what is given. */
export function fakeAction(name: string, parts: Partial<Action> = {}): Action {
  const fine = () => [];
  return { name, from: "csms", messageType: "call", request: fine, response: fine, ...parts };
}
