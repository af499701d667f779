/** Takes finished lines, without their line end. */
export interface LineSink {
  write(line: string): void;
  /** Waits until what was written so far has left, or cannot leave. */
  flush(): Promise<void>;
  /** Flushes and lets go of the file. Lines written later are dropped. */
  close(): Promise<void>;
}

/** The part of a file or of standard output that a sink needs. */
export interface LineWriter {
  write(bytes: Uint8Array): Promise<number>;
  close?(): void;
}

/** What may wait behind a stalled writer. Above it lines are dropped and counted. */
const MOST_WAITING_CHARACTERS = 1024 * 1024;

/**
 * A sink that gathers lines and writes them in the background, in order. While the writer fails or
 * stalls, at most 1 MiB waits; what is dropped is counted, and one line says so when it works again.
 */
export function writerSink(writer: LineWriter): LineSink {
  const encoder = new TextEncoder();
  let waiting = "";
  let dropped = 0;
  let closed = false;
  let writing: Promise<void> | null = null;

  async function drain(): Promise<void> {
    // One turn of the event loop gathers a burst of lines into one write.
    await Promise.resolve();
    while (waiting !== "") {
      const batch = waiting;
      const lost = dropped;
      waiting = "";
      dropped = 0;
      try {
        await writeAll(encoder.encode(lost > 0 ? batch + droppedLine(lost) : batch));
      } catch {
        // Disk full, or nobody reads the pipe: the program is worth more than its log.
        dropped += lost + countLines(batch);
        break;
      }
    }
    writing = null;
  }

  async function writeAll(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) at += await writer.write(bytes.subarray(at));
  }

  return {
    write(line) {
      if (closed) return;
      if (waiting.length + line.length > MOST_WAITING_CHARACTERS) {
        dropped++;
        return;
      }
      waiting += line + "\n";
      writing ??= drain();
    },
    async flush() {
      await writing;
    },
    async close() {
      closed = true;
      await writing;
      writer.close?.();
    },
  };
}

/** A sink that appends to a file, made when missing. @throws what `Deno.open` throws */
export async function fileSink(path: string): Promise<LineSink> {
  return writerSink(await Deno.open(path, { append: true, create: true }));
}

/** A sink that keeps its lines: for tests, and for whoever wants to look at them. */
export function memorySink(lines: string[] = []): LineSink & { readonly lines: string[] } {
  return {
    lines,
    write: (line) => void lines.push(line),
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

function countLines(text: string): number {
  return text.split("\n").length - 1;
}

function droppedLine(lines: number): string {
  return `${lines} log lines were dropped: the log could not be written\n`;
}
