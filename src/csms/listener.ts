import type { Clock } from "../clock/mod.ts";
import { describeError, type Log } from "../log/mod.ts";

/** The part of `Deno.serve` that is used. It throws when it cannot listen. */
export type Listen = (
  options: {
    readonly hostname: string;
    readonly port: number;
    readonly cert?: string;
    readonly key?: string;
    readonly signal: AbortSignal;
    readonly onListen: () => void;
    readonly onError: (thrown: unknown) => Response;
  },
  handler: (request: Request) => Promise<Response>,
) => { readonly addr: { readonly port: number }; readonly finished: Promise<void> };

/** What {@link keepListening} needs. */
export interface ListenerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string } | null;
  readonly handler: (request: Request) => Promise<Response>;
  readonly listen: Listen;
  readonly clock: Clock;
  readonly log: Log;
}

/** A port that is listened on. */
export interface Listener {
  readonly port: number;
  /** `ws://127.0.0.1:9000` */
  readonly url: string;
  /** Stops at once. WebSockets that are open do not belong to it and stay. */
  stop(): Promise<void>;
}

const RETRY_MS = 500;

/**
 * Listens, and listens again when the listener dies: one failed accept (no file descriptor left) ends
 * it for good, while the sockets that are open live on.
 *
 * @throws {Error} when the first attempt fails
 */
export function keepListening(options: ListenerOptions): Listener {
  const { host, handler, listen, clock, log } = options;
  const stopping = new AbortController();

  function open(port: number) {
    const { addr, finished } = listen({
      hostname: host,
      port,
      ...options.tls,
      signal: stopping.signal,
      onListen() {},
      onError(thrown) {
        log.error(`CSMS failed to answer a handshake: ${describeError(thrown)}`);
        return new Response(null, { status: 500 });
      },
    }, handler);
    return { port: addr.port, finished };
  }

  let first: ReturnType<typeof open> | null;
  try {
    first = open(options.port);
  } catch (cause) {
    throw new Error(`Cannot start the CSMS on ${host}:${options.port}: ${describeError(cause)}`, {
      cause,
    });
  }
  const { port } = first;

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      let why = "the listener ended";
      try {
        await (first ?? open(port)).finished;
      } catch (thrown) {
        why = describeError(thrown);
      }
      first = null;
      if (stopping.signal.aborted) return;
      log.error(`CSMS does not listen on port ${port}: ${why}; trying again in ${RETRY_MS} ms`);
      await clock.sleep(RETRY_MS, stopping.signal);
    }
  }
  const watching = watch();

  return {
    port,
    url: `${options.tls === null ? "ws" : "wss"}://${reachable(host)}:${port}`,
    async stop() {
      stopping.abort();
      await watching;
    },
  };
}

/** An address to dial for an address to listen on. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
