/**
 * The OCPP room: frames, CALLs in both directions, and the versions 1.6, 2.0.1 and 2.1 as values.
 *
 * {@link parseFrame} makes a {@link Frame} of a text, or a {@link FrameFault} that knows its answer;
 * `write…` go the other way. {@link Calls} holds what we ask, {@link IncomingCalls} what we are asked.
 * {@link checkCall} and {@link checkResult} look at payloads with the schemas of a version, which
 * {@link loadVersion} loads at its first use. Nothing here throws over what the other side sends, or
 * answers an answer (a CALLRESULT in 2.1 excepted). Knows texts, no sockets. Imports `clock` and `log`.
 *
 * @module
 */
export type {
  AnswerFrame,
  CallFrame,
  ErrorFrame,
  Frame,
  Payload,
  ResultErrorFrame,
  ResultFrame,
  SendFrame,
} from "./frames.ts";
export { parseFrame } from "./frames.ts";
export type { FrameHead } from "./frame_head.ts";
export { readHead } from "./frame_head.ts";
export type { FaultKind, FrameFault } from "./faults.ts";
export { writeCall, writeError, writeResult, writeResultError, writeSend } from "./write.ts";
export type { NewMessageId } from "./message_id.ts";
export { MAX_ID_LENGTH, messageIds } from "./message_id.ts";
export type {
  CallOptions,
  CallOutcome,
  CallProblem,
  Refusal,
  SendOutcome,
} from "./call_outcome.ts";
export type { CallPorts } from "./calls.ts";
export { Calls } from "./calls.ts";
export type { IncomingPorts } from "./incoming.ts";
export { IncomingCalls } from "./incoming.ts";
export type { ContentFault } from "./check_frame.ts";
export { checkCall, checkResult } from "./check_frame.ts";
export type { Action, ErrorKind, OcppVersion, Validate, VersionId, Violation } from "./version.ts";
export type { PayloadsOf, v16, v201, v21 } from "./versions.ts";
export { loadVersion } from "./versions.ts";
export { sharedText } from "./shared_text.ts";
export { SUBPROTOCOLS, versionOfSubprotocol } from "./subprotocols.ts";
