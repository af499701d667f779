import type { MessagesPort } from "../../src/http/mod.ts";
import { Topic } from "../../src/log/mod.ts";
import {
  type LoggedMessage,
  matchesFilter,
  type MessageFilter,
  type MessagePage,
  type MessageQuery,
} from "../../src/store/mod.ts";

/** A message log that is an array, oldest first. */
export class FakeMessages implements MessagesPort {
  all: LoggedMessage[] = [];
  readonly coming = new Topic<LoggedMessage>((thrown) => {
    throw thrown;
  });
  /** What was looked for, or deleted. */
  readonly asked: MessageFilter[] = [];
  /** Thrown by whatever is asked next. */
  failure: Error | null = null;
  /** Messages that `iterate` has handed out. */
  taken = 0;
  /** Iterations that nobody has ended yet. */
  reading = 0;

  /** A message, of which a test says what matters. Whoever follows hears of it. */
  add(given: Partial<LoggedMessage> = {}): LoggedMessage {
    const message = { ...MESSAGE, seq: this.all.length + 1, ...given };
    this.all.push(message);
    this.coming.publish(message);
    return message;
  }

  query(query: MessageQuery): Promise<MessagePage> {
    return Promise.try(() => {
      this.#ask(query);
      const { limit = 100, after = Infinity, ...filter } = query;
      const found = this.#found(filter).filter(({ seq }) => seq < after);
      const messages = found.slice(0, limit);
      return { messages, next: found.length > limit ? messages.at(-1)!.seq : null };
    });
  }

  async *iterate(filter: MessageFilter): AsyncIterable<LoggedMessage> {
    this.#ask(filter);
    this.reading++;
    try {
      for (const message of this.#found(filter)) {
        if (this.failure !== null) throw this.failure;
        this.taken++;
        yield message;
        await Promise.resolve();
      }
    } finally {
      this.reading--;
    }
  }

  delete(filter: MessageFilter): Promise<number> {
    return Promise.try(() => {
      this.#ask(filter);
      const before = this.all.length;
      this.all = this.all.filter((message) => !matchesFilter(filter, message));
      return before - this.all.length;
    });
  }

  subscribe(filter: MessageFilter, listener: (message: LoggedMessage) => void) {
    this.asked.push(filter);
    return this.coming.subscribe((message) => {
      if (matchesFilter(filter, message)) listener(message);
    });
  }

  #ask(filter: MessageFilter): void {
    if (this.failure !== null) throw this.failure;
    this.asked.push(filter);
  }

  #found(filter: MessageFilter): LoggedMessage[] {
    return this.all.filter((message) => matchesFilter(filter, message)).reverse();
  }
}

const MESSAGE: LoggedMessage = {
  seq: 1,
  at: 0,
  stationId: "CP1",
  direction: "out",
  type: "call",
  action: "Heartbeat",
  id: "7",
  text: '[2,"7","Heartbeat",{}]',
  bytes: 22,
  latencyMs: null,
  error: null,
};
