import { describeError } from "../log/mod.ts";
import { Problem } from "./problem.ts";

/** The largest body that is taken, in bytes. */
export const LARGEST_BODY = 1024 * 1024;

/** The body as text, not a byte changed. Not UTF-8, empty or too large is a problem. */
export async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length")) > LARGEST_BODY) throw tooLarge();
  const bytes = await readBytes(request);
  if (bytes.length === 0) {
    throw new Problem(422, "The body is empty: it must be the text to send");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Problem(400, "The body is not valid UTF-8: a WebSocket text frame cannot carry it", {
      cause,
    });
  }
}

/** Counts while it reads: a chunked body names no length. */
async function readBytes(request: Request): Promise<Uint8Array> {
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
