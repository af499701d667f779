import type { CallOptions, CallOutcome, Payload } from "../../ocpp/mod.ts";
import type { Dialect, Outgoing } from "../dialect.ts";
import type { TransactionKind } from "../outbox/entry.ts";
import type { Spelled } from "../outbox/outbox_ports.ts";
import { said } from "./said.ts";
import type { Kind, Said, Spoken, TransactionAnswer } from "../spoken.ts";

/** Who sends the CALLs of a {@link Speaker}. */
export interface Caller {
  call(action: string, payload: Payload, options?: CallOptions): Promise<CallOutcome>;
}

/** Says what the domain has to say in the dialect of the current connection. */
export class Speaker {
  readonly #caller: Caller;
  #dialect: Dialect | null = null;
  /** The last there was: an answer may be read when its connection is gone already. */
  #spoken: Dialect | null = null;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Of the current connection; `null`: there is none. */
  get dialect(): Dialect | null {
    return this.#dialect;
  }

  set dialect(dialect: Dialect | null) {
    this.#dialect = dialect;
    this.#spoken = dialect ?? this.#spoken;
  }

  /** Never rejects. */
  async say<K extends Kind>(
    kind: K,
    event: Spoken[K]["event"],
    options?: CallOptions,
  ): Promise<Said<Spoken[K]["answer"]>> {
    if (this.dialect === null) return NO_CONNECTION;
    for (const outgoing of this.#line(kind)) {
      const request = outgoing.request(event);
      if (request === null) continue;
      const { action } = outgoing;
      const outcome = await this.#caller.call(action, request, options);
      return said(action, outcome, (result) => outgoing.answer(result));
    }
    return { kind: "unsaid" };
  }

  /** An event as the message that it will be; `null`: there is nothing to say. */
  spell<K extends Kind>(kind: K, event: Spoken[K]["event"]): Spelled | null {
    for (const outgoing of this.#line(kind)) {
      const payload = outgoing.request(event);
      if (payload !== null) return { action: outgoing.action, payload };
    }
    return null;
  }

  read(kind: TransactionKind, action: string, result: Payload): TransactionAnswer {
    const outgoing = this.#line(kind).find((outgoing) => outgoing.action === action);
    return outgoing?.answer(result) ?? { csmsId: null, idTokenInfo: null };
  }

  #line<K extends Kind>(
    kind: K,
  ): readonly Outgoing<Spoken[K]["event"], Spoken[K]["answer"]>[] {
    return this.#spoken?.messages[kind] ?? [];
  }
}

const NO_CONNECTION = {
  kind: "offline",
  message: "There is no connection to the CSMS",
} as const;
