import type { LoggedMessage } from "../store/mod.ts";

/** Formats that messages can be exported in. Each message is one record, also in memory. */
export const EXPORT_FORMATS = {
  ndjson: {
    contentType: "application/x-ndjson; charset=utf-8",
    head: "",
    record: (message: LoggedMessage) => `${JSON.stringify(describeMessage(message))}\n`,
  },
  csv: {
    contentType: "text/csv; charset=utf-8; header=present",
    head: "seq,at,stationId,direction,type,action,id,bytes,latencyMs,error,text\r\n",
    record: writeCsv,
  },
} as const;

export type ExportFormat = keyof typeof EXPORT_FORMATS;

/** A message as the API tells it: its time in ISO 8601. */
export function describeMessage({ at, ...message }: LoggedMessage) {
  const { seq, ...rest } = message;
  return { seq, at: iso(at), ...rest };
}

/**
 * One record as RFC 4180 has it; what is null is empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const line = writeCsv({
 *   seq: 1, at: 0, stationId: "CP1", direction: "in", type: "call", action: "Reset", id: "7",
 *   text: '[2,"7","Reset",{}]', bytes: 18, latencyMs: null, error: null,
 * });
 * const text = '"[2,""7"",""Reset"",{}]"';
 * assert.equal(line, `1,1970-01-01T00:00:00.000Z,CP1,in,call,Reset,7,18,,,${text}\r\n`);
 * ```
 */
export function writeCsv(message: LoggedMessage): string {
  const { seq, at, stationId, direction, type, action, id, bytes, latencyMs, error, text } =
    message;
  const fields = [
    seq,
    iso(at),
    stationId,
    direction,
    type,
    action,
    id,
    bytes,
    latencyMs,
    error,
    text,
  ];
  return `${fields.map(writeField).join(",")}\r\n`;
}

function writeField(value: string | number | null): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
