import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import { isAscii } from "./is_ascii.ts";
import type { DisplayMessage, DisplayPriority, DisplayState } from "./display_message.ts";

/** The station, as its displays see it. */
export interface DisplaysOwner {
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  /** Whether a transaction runs, by our id. */
  isRunning(transactionId: string): boolean;
}

/** Why a message is not taken, as 2.x names it, in one clause that begins with "it". */
export interface DisplayRefusal {
  readonly status:
    | "NotSupportedMessageFormat"
    | "NotSupportedPriority"
    | "NotSupportedState"
    | "Rejected"
    | "UnknownTransaction";
  readonly reason: string;
}

/** Which messages a CSMS asks for. What is absent matches all. */
export interface DisplayCriteria {
  readonly ids?: readonly number[];
  readonly priority?: string;
  readonly state?: string;
}

/** What the displays can do: DisplayMessageCtrlr of the device model. */
export const DISPLAY = {
  formats: ["ASCII", "HTML", "URI", "UTF8", "QRCODE"],
  priorities: ["AlwaysFront", "InFront", "NormalCycle"],
  /** Nothing discharges here. */
  states: ["Charging", "Faulted", "Idle", "Unavailable", "Suspended"],
  mostMessages: 100,
} as const satisfies {
  readonly formats: readonly string[];
  readonly priorities: readonly DisplayPriority[];
  readonly states: readonly DisplayState[];
  readonly mostMessages: number;
};

const NONE: readonly DisplayMessage[] = [];

/** The messages that a CSMS has put on the displays of a station (2.x part 2 O). Needs no timer. */
export class Displays {
  readonly #owner: DisplaysOwner;
  /** In the order in which they came. */
  readonly #kept: Cell<readonly DisplayMessage[]>;

  constructor(owner: DisplaysOwner, memory: Remembering = FORGETFUL) {
    this.#owner = owner;
    this.#kept = new Cell(memory, "displays", NONE);
  }

  get #messages(): readonly DisplayMessage[] {
    return this.#kept.value;
  }

  set #messages(messages: readonly DisplayMessage[]) {
    this.#kept.value = messages.length === 0 ? NONE : messages;
  }

  /** Those that are or will be shown: what is over is gone (O01, O02). */
  get all(): readonly DisplayMessage[] {
    const now = this.#owner.now();
    const left = this.#messages.filter(({ to, transactionId }) =>
      (to === null || to > now) &&
      (transactionId === null || this.#owner.isRunning(transactionId))
    );
    if (left.length < this.#messages.length) this.#messages = left;
    return this.#messages;
  }

  /** Takes a message in place of the one with its id (O06), or says why not (O01, O02). */
  set(message: DisplayMessage): DisplayRefusal | null {
    const refusal = this.#refusal(message);
    if (refusal !== null) return refusal;
    const isFront = message.priority === "AlwaysFront";
    const kept = this.all.filter(({ id, priority }) =>
      // There is one place in front of all others: who comes last has it.
      id !== message.id && !(isFront && priority === "AlwaysFront")
    );
    if (kept.length >= DISPLAY.mostMessages) {
      return refused("Rejected", `it is one more than the ${DISPLAY.mostMessages} that fit`);
    }
    this.#messages = [...kept, message];
    return null;
  }

  /** `false`: there is none with this id (O05). */
  clear(id: number): boolean {
    const left = this.all.filter((message) => message.id !== id);
    const isFound = left.length < this.#messages.length;
    if (isFound) this.#messages = left;
    return isFound;
  }

  /** Those that fit all that is asked for (O03, O04). */
  find({ ids, priority, state }: DisplayCriteria): readonly DisplayMessage[] {
    return this.all.filter((message) =>
      (ids === undefined || ids.includes(message.id)) &&
      (priority === undefined || message.priority === priority) &&
      (state === undefined || message.state === state)
    );
  }

  #refusal(message: DisplayMessage): DisplayRefusal | null {
    const { contents, priority, state, transactionId, from, to } = message;
    const formats: readonly string[] = DISPLAY.formats;
    const odd = contents.find(({ format }) => !formats.includes(format));
    if (odd !== undefined) {
      return refused("NotSupportedMessageFormat", `it is in the format ${odd.format}`);
    }
    if (contents.some(({ format, content }) => format === "ASCII" && !isAscii(content))) {
      return refused("Rejected", "it says that it is ASCII, and is not");
    }
    if (!DISPLAY.priorities.includes(priority)) {
      return refused("NotSupportedPriority", `it has the priority ${priority}`);
    }
    const states: readonly DisplayState[] = DISPLAY.states;
    if (state !== null && !states.includes(state)) {
      return refused("NotSupportedState", `it is for the state ${state}`);
    }
    if (transactionId !== null && !this.#owner.isRunning(transactionId)) {
      return refused("UnknownTransaction", `it is for transaction "${transactionId}"`);
    }
    if (to !== null && to <= Math.max(this.#owner.now(), from ?? 0)) {
      return refused("Rejected", "its end has passed, or comes before its start");
    }
    return null;
  }
}

function refused(status: DisplayRefusal["status"], reason: string): DisplayRefusal {
  return { status, reason };
}
