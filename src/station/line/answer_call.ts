import type { Log } from "../../log/mod.ts";
import {
  type CallFrame,
  type OcppVersion,
  type Payload,
  writeError,
  writeResult,
} from "../../ocpp/mod.ts";
import type { Charger } from "../charger.ts";
import { Answer, CallRefused, type Dialect } from "../dialect.ts";
import type { RegistrationState } from "./registration.ts";

/** What it takes to answer the CSMS. */
export interface Answering {
  readonly version: OcppVersion;
  readonly dialect: Dialect;
  readonly station: Charger;
  readonly registration: RegistrationState;
  readonly log: Log;
  /** Runs something once the answer is out. */
  afterwards(run: () => void): void;
}

/**
 * Does what the CSMS wants, and answers as its version spells it: at once unless the command takes its
 * time; `null`: with silence.
 */
export function answerCall(
  call: CallFrame,
  answering: Answering,
): string | null | Promise<string | null> {
  const { version, dialect, station, registration, log } = answering;
  if (registration === "rejected") {
    // 1.6 §4.2: no answer at all; 2.x B03.FR.05: SecurityError.
    if (!dialect.answersWhileRejected) return null;
    return writeError(version, call.id, "SecurityError", "The station is rejected");
  }
  const command = dialect.commands[call.action];
  if (command === undefined) {
    return writeError(version, call.id, "NotSupported", `${call.action} is not supported`);
  }
  const result = (done: Payload | Answer<Payload>): string => {
    if (!(done instanceof Answer)) return writeResult(call.id, done);
    answering.afterwards(done.after);
    return writeResult(call.id, done.payload);
  };
  const refusal = (thrown: unknown): string => {
    if (!(thrown instanceof CallRefused)) throw thrown;
    log.info(`${call.action} is refused: ${thrown.message}`, { code: thrown.kind });
    return writeError(version, call.id, thrown.kind, thrown.message);
  };
  try {
    const done = command(station, call.payload);
    return done instanceof Promise ? done.then(result).catch(refusal) : result(done);
  } catch (thrown) {
    return refusal(thrown);
  }
}
