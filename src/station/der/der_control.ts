/** A control of distributed energy that a CSMS has set (2.1 part 2 R). Plain JSON. */
export interface DerControl {
  readonly id: string;
  /** DERControlEnumType. */
  readonly type: string;
  /** It holds whenever no other of its type does; else it has its time. */
  readonly isDefault: boolean;
  /** 0 is the highest. */
  readonly priority: number;
  /** Milliseconds since 1970. Of a default: when it was set. */
  readonly from: number;
  /** Milliseconds since 1970; `null`: until it is cleared. */
  readonly to: number | null;
  /** Its CSMS heard that it has begun. */
  readonly isStarted: boolean;
  /** What it does, in the words of 2.1: nothing here reads it. */
  readonly setting: unknown;
}

/** Whether two controls are for the same thing at the same time, so that one of them must yield. */
export function meet(one: DerControl, other: DerControl): boolean {
  if (one.type !== other.type || one.isDefault !== other.isDefault) return false;
  return one.isDefault ||
    (one.from < (other.to ?? Infinity) && other.from < (one.to ?? Infinity));
}

/** Whether a control yields to another: one that meets it and is more urgent, or as urgent and newer (R04). */
export function isSuperseded(control: DerControl, all: readonly DerControl[]): boolean {
  return all.some((other) => supersedes(other, control, all));
}

/** Whether the first takes the place of the second. `all` is in the order in which they were set. */
export function supersedes(
  one: DerControl,
  other: DerControl,
  all: readonly DerControl[],
): boolean {
  if (one === other || !meet(one, other)) return false;
  return one.priority < other.priority ||
    one.priority === other.priority && all.indexOf(one) > all.indexOf(other);
}
