import { describeError } from "../log/mod.ts";
import { DialError, type DialFailure } from "./cause.ts";
import { Session, type SessionOptions } from "./session.ts";
import type { Target, Transport } from "./transport.ts";

/** For {@link openSession}. */
export interface Opening {
  readonly target: Target;
  readonly session: SessionOptions;
  /** Opens the socket to the target. */
  dial(onText: (text: string) => void): Promise<Transport>;
}

/** `deliver` hands over what has come in already, and then whatever comes. */
export interface OpenedSession {
  readonly session: Session;
  deliver(receive: (text: string) => void): void;
}

/** What came of it. */
export type Opened = OpenedSession | { readonly failure: DialFailure };

/**
 * Dials, and makes sure that the server chose one of our subprotocols (1.6-J §3.2, 2.x part 4
 * §3.1.2). Never rejects.
 */
export async function openSession({ dial, target, session }: Opening): Promise<Opened> {
  // A server may talk before we know that it speaks our language: that waits for the answer.
  const early: string[] = [];
  let receive = (text: string): void => void early.push(text);
  try {
    const transport = await dial((text) => receive(text));
    const opened = new Session(transport, session);
    const refusal = wrongSubprotocol(target, opened.subprotocol);
    if (refusal === null) {
      return {
        session: opened,
        deliver(to) {
          receive = to;
          for (const text of early) to(text);
        },
      };
    }
    receive = () => {};
    opened.close("no common subprotocol");
    await opened.ended();
    return { failure: refusal };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): DialFailure {
  if (error instanceof DialError) return error.failure;
  return { kind: "invalid", message: `the dial failed unexpectedly: ${describeError(error)}` };
}

/** The server must choose one of ours (1.6-J §3.2, 2.x part 4 §3.1.2). */
function wrongSubprotocol({ subprotocols }: Target, chosen: string): DialFailure | null {
  if (subprotocols.includes(chosen)) return null;
  const offered = subprotocols.join(", ");
  const message = chosen === ""
    ? `the CSMS speaks none of the offered subprotocols: ${offered}`
    : `the CSMS chose subprotocol "${chosen}", which was not offered: ${offered}`;
  return { kind: "subprotocol", message };
}
