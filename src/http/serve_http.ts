import { type Clock, deadline } from "../clock/mod.ts";
import { describeError, type Log } from "../log/mod.ts";
import { hostAndPort } from "./host_and_port.ts";
import { Problem, problemResponse } from "./problem.ts";

/** What {@link serveHttp} needs. */
export interface HttpServerOptions {
  readonly hostname: string;
  /** 0: any free one, see {@link HttpServer.port}. */
  readonly port: number;
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Aborted first when the server stops: its signal is `HttpPorts.shutdown`. */
  readonly shutdown: AbortController;
  readonly clock: Clock;
  readonly log: Log;
  /** The listener died, most likely for want of a file descriptor: let somebody spare some. */
  readonly makeRoom?: () => void;
  /** `Deno.serve`, or what a test puts in its place. */
  readonly serve?: Serve;
}

/** The part of `Deno.serve` that is used. It throws when it cannot listen. */
export type Serve = (
  options: {
    readonly hostname: string;
    readonly port: number;
    readonly signal: AbortSignal;
    readonly onListen: () => void;
    readonly onError: (thrown: unknown) => Response;
  },
  handler: (
    request: Request,
    info: { readonly completed: Promise<void> },
  ) => Response | Promise<Response>,
) => {
  readonly addr: { readonly port: number };
  readonly finished: Promise<void>;
  shutdown(): Promise<void>;
};

/** A server that listens. */
export interface HttpServer {
  /** The port that was really bound. */
  readonly port: number;
  /**
   * Ends every wait and stream, lets running requests finish for at most `deadlineMs`, then cuts
   * what is left. Never rejects; calling it again waits for the same end.
   */
  stop(deadlineMs: number): Promise<void>;
}

/** The address cannot be listened on; the message says what to change. */
export class ListenError extends Error {
  override readonly name = "ListenError";
}

/** How long a dead listener stays away, at first and at most. A longer life resets it. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
/** What the runtime gets to close its sockets; it needs a few milliseconds. */
const CLOSE_MS = 500;

/** What to do about an error of this name, after a colon. */
const REMEDIES: Readonly<Record<string, string>> = {
  AddrInUse:
    "the address is in use; stop the other program or choose another port (server.port, --port)",
  AddrNotAvailable: "this machine has no such address; correct server.host",
  PermissionDenied: "it is not permitted; choose a server.port of 1024 or more",
};

/**
 * Listens, and listens again when the listener dies: one failed accept (no file descriptor left) ends
 * it for good, while connections that are open live on.
 *
 * @throws {ListenError} when the first attempt fails
 */
export function serveHttp(options: HttpServerOptions): Promise<HttpServer> {
  return Promise.try(() => start(options));
}

function start(options: HttpServerOptions): HttpServer {
  const { hostname, fetch, shutdown, clock, log, makeRoom = () => {}, serve = denoServe } = options;
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();

  function listen(port: number) {
    const cut = new AbortController();
    const server = serve(
      { hostname, port, signal: cut.signal, onListen() {}, onError },
      (request, { completed }) => {
        if (stopping.signal.aborted) {
          const problem = new Problem(503, "The emulator is shutting down");
          return problemResponse(problem, request.url);
        }
        const done: Promise<void> = completed.catch(() => {}).then(() => void running.delete(done));
        running.add(done);
        return fetch(request);
      },
    );
    return { server, cut };
  }

  function onError(thrown: unknown): Response {
    log.error(`An HTTP request failed: ${describeError(thrown)}`);
    return new Response(null, { status: 500 });
  }

  let listener: ReturnType<typeof listen> | null;
  try {
    listener = listen(options.port);
  } catch (cause) {
    throw new ListenError(
      `Cannot listen on ${hostAndPort(hostname, options.port)}: ${remedy(cause)}`,
      {
        cause,
      },
    );
  }
  const { port } = listener.server.addr;
  const where = hostAndPort(hostname, port);

  async function keepListening(): Promise<void> {
    let waitMs = FIRST_RETRY_MS;
    while (!stopping.signal.aborted) {
      const since = clock.monotonic();
      let why = "the listener ended";
      try {
        if (listener === null) {
          listener = listen(port);
          log.info(`HTTP listens on ${where} again`);
        }
        await listener.server.finished;
      } catch (thrown) {
        why = describeError(thrown);
      }
      listener = null;
      if (stopping.signal.aborted) return;
      makeRoom();
      if (clock.monotonic() - since > LONGEST_RETRY_MS) waitMs = FIRST_RETRY_MS;
      log.error(`HTTP does not listen on ${where}: ${why}; trying again in ${waitMs} ms`);
      await clock.sleep(waitMs, stopping.signal);
      waitMs = Math.min(2 * waitMs, LONGEST_RETRY_MS);
    }
  }
  const watching = keepListening();

  async function end(deadlineMs: number): Promise<void> {
    shutdown.abort();
    stopping.abort();
    await deadline(clock, deadlineMs, Promise.allSettled(running));
    // `shutdown()` writes out the last answers, but waits for ever for a reader who does not read, and
    // cannot be cut any more. So whatever still runs is cut instead.
    if (running.size > 0) listener?.cut.abort();
    const closed = running.size > 0 ? undefined : listener?.server.shutdown();
    await deadline(clock, CLOSE_MS, Promise.allSettled([closed, watching]));
  }
  let ended: Promise<void> | null = null;

  return { port, stop: (deadlineMs) => ended ??= end(deadlineMs) };
}

const denoServe: Serve = (options, handler) => Deno.serve(options, handler);

function remedy(thrown: unknown): string {
  const name = thrown instanceof Error ? thrown.name : "";
  return REMEDIES[name] ?? describeError(thrown);
}
