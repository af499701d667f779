import type { Clock } from "../clock/mod.ts";
import type { Unsubscribe } from "../log/mod.ts";

/** So many events wait for a slow reader; beyond it the oldest go, and the reader is told how many. */
export const MOST_WAITING = 1000;
/** And no more text than this, in characters: a frame may be large. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
/** Keeps proxies from cutting a quiet stream, and finds readers that are gone. */
export const HEARTBEAT_MS = 15_000;

/** What {@link eventStream} needs. */
export interface EventStreamOptions {
  readonly clock: Clock;
  /** Ends the stream when aborted. */
  readonly shutdown: AbortSignal;
  /** A comment that is sent at once, so that the reader sees that it works. */
  readonly hello: string;
  /** Starts the facts; called once, and its answer once when the reader has left. */
  readonly subscribe: (emit: (event: string, data: unknown) => void) => Unsubscribe;
  /** `HEAD` wants the headers and no stream. */
  readonly headOnly: boolean;
}

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // Asks nginx not to hold the events back.
  "x-accel-buffering": "no",
};

/**
 * Server-sent events from a subscription. The `id` of an event counts what this reader should have
 * got, so a gap is as many events as `event: missed` says.
 */
export function eventStream(options: EventStreamOptions): Response {
  if (options.headOnly) return new Response(null, { headers: HEADERS });
  const waiting: string[] = [];
  let characters = 0;
  let comments = `: ${options.hello}\n\n`;
  let missed = 0;
  let sequence = 0;
  let ended = false;
  let wake = () => {};
  const over = new AbortController();

  function emit(event: string, data: unknown): void {
    // JSON has no raw line break, which would end the field.
    const text = `event: ${event}\nid: ${++sequence}\ndata: ${JSON.stringify(data)}\n\n`;
    waiting.push(text);
    characters += text.length;
    while (waiting.length > MOST_WAITING || characters > MOST_CHARACTERS) {
      characters -= waiting.shift()!.length;
      missed++;
    }
    wake();
  }

  function take(): string {
    const gap = missed === 0 ? "" : `event: missed\ndata: {"count":${missed}}\n\n`;
    const text = comments + gap + waiting.join("");
    comments = "";
    missed = 0;
    waiting.length = characters = 0;
    return text;
  }

  async function beat(): Promise<void> {
    for (;;) {
      await options.clock.sleep(HEARTBEAT_MS, over.signal);
      if (over.signal.aborted) return;
      comments = ": heartbeat\n\n";
      wake();
    }
  }

  function leave(): void {
    over.abort();
    unsubscribe();
  }

  function end(): void {
    leave();
    comments = ": the emulator is shutting down\n\n";
    ended = true;
    wake();
  }

  const unsubscribe = options.subscribe(emit);
  if (options.shutdown.aborted) end();
  else options.shutdown.addEventListener("abort", end, { signal: over.signal });
  void beat();

  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = take();
      if (text === "") {
        await new Promise<void>((resolve) => wake = resolve);
        text = take();
      }
      controller.enqueue(encoder.encode(text));
      if (ended) controller.close();
    },
    cancel: leave,
  }, { highWaterMark: 0 });
  return new Response(body, { headers: HEADERS });
}
