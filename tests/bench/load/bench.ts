import type { Figure, Kind } from "./figure.ts";
import type { NodeClient } from "./node_client.ts";
import type { Plan } from "./plan.ts";

/** What everything that measures is given, and where it says what it found. */
export interface Bench {
  readonly plan: Plan;
  /** `null`: it is left out. */
  readonly node: NodeClient | null;
  /** One more line of the table. */
  add(figure: Figure): void;
  /** One more sentence below the table. */
  note(sentence: string): void;
  /** What is going on, for whoever waits. */
  progress(what: string): void;
}

/** Who can be measured with so many connections, in the order in which they take turns. */
export function kindsAt({ plan, node }: Bench, size: number): readonly Kind[] {
  return node !== null && size <= plan.mostRpc
    ? ["ocpp-emu", "bare", "ocpp-rpc"]
    : ["ocpp-emu", "bare"];
}
