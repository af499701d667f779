import type { Clock } from "../clock/mod.ts";
import { describeError, type Log } from "../log/mod.ts";
import { DialError } from "./cause.ts";
import { DenoTransport } from "./deno_transport.ts";
import { NO_FILES } from "./failures.ts";
import { HttpClients } from "./http_clients.ts";
import { Reasons, type Route } from "./reasons.ts";
import { INSECURE_DISPATCHER } from "./runtime_insecure.ts";
import { SpareFiles } from "./spare_files.ts";
import type { Dial, Target } from "./transport.ts";

/** For {@link createDenoDial}. */
export interface DenoDialOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How long one question to a host why it fails serves all who dial it, in milliseconds. */
  readonly shareReasonMs: number;
}

/** Dials with the runtime's own WebSocket. Dispose it when the last dial is over. */
export interface DenoDial {
  readonly dial: Dial;
  /** Gives up the file descriptors in reserve; no dial goes out until they can be had again. */
  makeRoom(): void;
  [Symbol.dispose](): void;
}

/** The one place with `new WebSocket`. */
export function createDenoDial(options: DenoDialOptions): DenoDial {
  const { clock, shareReasonMs } = options;
  const clients = new HttpClients();
  const reasons = new Reasons({ clock, shareMs: shareReasonMs });
  const spare = new SpareFiles(() => Deno.openSync(Deno.execPath()));

  const dial: Dial = async (target, onText, signal) => {
    if (!spare.take()) throw new DialError(NO_FILES);
    using route = routeOf(target, clients);
    const socket = open(target, route);
    const transport = new DenoTransport(socket, onText, options);
    const stop = () => socket.close();
    signal.addEventListener("abort", stop, { once: true });
    const said = signal.aborted ? "the dial was called off" : await transport.opened;
    signal.removeEventListener("abort", stop);
    if (said === null) return transport;
    socket.close();
    const failure = await reasons.why({ target, route, said, signal });
    if (failure.kind === NO_FILES.kind) spare.giveUp();
    throw new DialError(failure);
  };
  return {
    dial,
    makeRoom: () => spare.giveUp(),
    [Symbol.dispose]() {
      spare.giveUp();
      reasons[Symbol.dispose]();
      clients[Symbol.dispose]();
    },
  };
}

function open(target: Target, route: Route): WebSocket {
  const { authorization, subprotocols } = target;
  try {
    return new WebSocket(target.url, {
      ...route.options,
      protocols: [...subprotocols],
      ...(authorization === null ? {} : { headers: { authorization: authorization.reveal() } }),
    });
  } catch (error) {
    throw invalid(target, error);
  }
}

/** By which HttpClient, or around all of them, a dial goes. Dispose it when the dial is over. */
function routeOf(target: Target, clients: HttpClients): Route {
  const { tls } = target;
  if (tls?.insecureSkipVerify) {
    if (tls.clientCert !== null) {
      throw invalid(target, "skipping verification excludes a client certificate");
    }
    return { options: { dispatcher: INSECURE_DISPATCHER }, [Symbol.dispose]() {} };
  }
  try {
    const loan = clients.borrow(tls);
    return { options: { client: loan.client }, [Symbol.dispose]: () => loan[Symbol.dispose]() };
  } catch (error) {
    throw invalid(target, error);
  }
}

function invalid(target: Target, cause: unknown): DialError {
  const message = `${target.url} cannot be dialled as configured: ${describeError(cause)}`;
  return new DialError({ kind: "invalid", message }, { cause });
}
