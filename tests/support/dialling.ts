import { SystemClock } from "../../src/clock/mod.ts";
import type { Cause, DialFailure } from "../../src/connection/mod.ts";
import {
  createDenoDial,
  DialError,
  type Target,
  type Transport,
} from "../../src/connection/mod.ts";
import { createLog, memorySink } from "../../src/log/mod.ts";
import { within } from "./connection_harness.ts";
import { Inbox } from "./inbox.ts";

/** One dialler over real sockets, for tests of single dials. */
export interface Dialling extends Disposable {
  readonly logLines: string[];
  /** Texts that came in, over all sockets. */
  readonly texts: Inbox<string>;
  open(target: Partial<Target> & { readonly url: string }): Promise<Transport>;
  /** Why a dial that must fail did. */
  failure(
    target: Partial<Target> & { readonly url: string },
    signal?: AbortSignal,
  ): Promise<DialFailure>;
}

/** @param shareReasonMs 0: every failure asks its own question */
export function startDialling(shareReasonMs = 0): Dialling {
  const clock = new SystemClock();
  const sink = memorySink();
  const log = createLog({ level: "debug", format: "text", sink, clock });
  const texts = new Inbox<string>();
  const dialler = createDenoDial({ clock, log, shareReasonMs });
  const never = new AbortController().signal;
  const dial = (target: Partial<Target> & { readonly url: string }, signal = never) =>
    dialler.dial(
      { subprotocols: ["ocpp1.6"], authorization: null, tls: null, ...target },
      (text) => texts.put(text),
      signal,
    );
  return {
    logLines: sink.lines,
    texts,
    open: (target) => within(`a socket to ${target.url}`, dial(target)),
    async failure(target, signal) {
      const outcome = dial(target, signal).then(
        () => Promise.reject(new Error(`${target.url} let us in`)),
        (error) => error instanceof DialError ? error.failure : Promise.reject(error),
      );
      return await within(`${target.url} to refuse`, outcome);
    },
    [Symbol.dispose]: () => dialler[Symbol.dispose](),
  };
}

/** Closes politely, and waits for the end. */
export async function hangUp(transport: Transport): Promise<Cause> {
  transport.close(1000, "");
  return await within("the end of a socket", transport.closed);
}
