/**
 * The log room: structured log lines, secrets that cannot be printed, and {@link Topic}, the fan-out
 * for facts that nobody answers.
 *
 * A {@link Log} never throws and never blocks its caller: lines go through a bounded buffer, and
 * what a full disk or a stalled pipe makes us drop is counted and said once writing works again.
 * A value of type {@link Secret} prints as `***` wherever it turns up, and so does every field whose
 * name says that it is one. Imports `clock` only.
 *
 * @module
 */
export type { Fields, Level, Log, LogFormat, LogOptions } from "./log.ts";
export { createLog, LEVELS, silentLog } from "./log.ts";
export { REDACTED, Secret } from "./secret.ts";
export type { LineSink, LineWriter } from "./sink.ts";
export { fileSink, memorySink, writerSink } from "./sink.ts";
export type { Listener, Unsubscribe } from "./topic.ts";
export { Topic } from "./topic.ts";
export { isoTime } from "./iso_time.ts";
export { describeError } from "./describe_error.ts";
