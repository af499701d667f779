import type { LoggedMessage } from "../store/mod.ts";
import { EXPORT_FORMATS, type ExportFormat } from "./message_text.ts";

/** What {@link exportMessages} needs. */
export interface ExportOptions {
  readonly messages: AsyncIterable<LoggedMessage>;
  readonly format: ExportFormat;
  /** When aborted, the answer breaks off. */
  readonly shutdown: AbortSignal;
  /** `HEAD` wants the headers and no messages. */
  readonly headOnly: boolean;
}

/** Characters that go out at once. */
const CHUNK = 64 * 1024;

/**
 * Messages as a download, read no faster than they are taken. An answer that cannot be finished breaks
 * off: a shorter file must not look whole.
 *
 * @throws what reading the first of them throws
 */
export async function exportMessages(options: ExportOptions): Promise<Response> {
  const { format, shutdown, headOnly } = options;
  const headers = {
    "content-type": EXPORT_FORMATS[format].contentType,
    "content-disposition": `attachment; filename="ocpp-emu-messages.${format}"`,
  };
  if (headOnly) return new Response(null, { headers });
  const chunks = chunksOf(options);
  // Before the status is out, so that a store that cannot be read is an error like any other.
  let next = await chunks.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done) return controller.close();
      controller.enqueue(encoder.encode(next.value));
      if (shutdown.aborted) {
        await chunks.return();
        throw new Error("The emulator is shutting down");
      }
      next = await chunks.next();
    },
    async cancel() {
      await chunks.return();
    },
  }, { highWaterMark: 0 });
  return new Response(body, { headers });
}

async function* chunksOf({ messages, format }: ExportOptions): AsyncGenerator<string, void, void> {
  const { head, record } = EXPORT_FORMATS[format];
  let chunk: string = head;
  for await (const message of messages) {
    chunk += record(message);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
