import { describeError } from "../log/mod.ts";
import { Problem } from "./problem.ts";

/** The largest body that is taken, in bytes. */
export const LARGEST_BODY = 1024 * 1024;

/** The body as text, not a byte changed. Not UTF-8, empty or too large is a problem. */
export async function readText(request: Request): Promise<string> {
  const bytes = await readBytes(request);
  if (bytes.length === 0) {
    throw new Problem(422, "The body is empty: it must be the text to send");
  }
  return decode(bytes, EXACT, "a WebSocket text frame cannot carry it");
}

/** The body as JSON, whatever its Content-Type; an empty one is `{}`. Anything else is a problem. */
export async function readJson(request: Request): Promise<unknown> {
  const text = decode(await readBytes(request), LENIENT, "JSON must be");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's word and place, without the piece of the body that it quotes: it may hold a secret.
    const why = describeError(cause).replace(/, (\.{3})?".*is not valid JSON$/s, "");
    throw new Problem(400, `The body is not JSON: ${why}`, { cause });
  }
}

/** With and without a byte order mark, which some shells write at the start of every file. */
const EXACT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array, decoder: TextDecoder, why: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new Problem(400, `The body is not valid UTF-8: ${why}`, { cause });
  }
}

/** Counts while it reads: a chunked body names no length. */
async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length")) > LARGEST_BODY) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.length;
      if (length > LARGEST_BODY) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof Problem) throw thrown;
    const detail = `Cannot read the body: ${describeError(thrown)}`;
    throw new Problem(400, detail, { cause: thrown });
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(): Problem {
  return new Problem(413, `The body is too large: at most ${LARGEST_BODY} bytes are allowed`);
}
