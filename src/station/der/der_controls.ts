import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { Cancel, Clock } from "../../clock/mod.ts";
import { type DerControl, isSuperseded, supersedes } from "./der_control.ts";

/** Tells that a scheduled control has begun or is over. */
export interface DerStartStop {
  readonly controlId: string;
  readonly started: boolean;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Those that yield to it. */
  readonly supersededIds: readonly string[];
}

/** The station, as its controls see it. */
export interface DerOwner {
  /** The station's clock: milliseconds since 1970. */
  now(): number;
  startStop(event: DerStartStop): void;
}

/** Which controls a CSMS means. What is absent matches all; with an id nothing else matters. */
export interface DerCriteria {
  readonly id?: string;
  readonly isDefault?: boolean;
  readonly type?: string;
}

/** A control as it stands. */
export interface DerReport extends DerControl {
  readonly isSuperseded: boolean;
}

/** So many fit. */
export const MOST_CONTROLS = 100;
/** The station's clock may be put right meanwhile, so the time is looked at once a minute. */
const LONGEST_WAIT_MS = 60_000;
const NONE: readonly DerControl[] = [];

/** The DER controls of a station (2.1 R04). There is a timer only while some have a time to begin or end. */
export class DerControls {
  readonly #owner: DerOwner;
  readonly #clock: Pick<Clock, "after">;
  /** In the order in which they were set. */
  readonly #kept: Cell<readonly DerControl[]>;
  #cancelTimer: Cancel | null = null;

  constructor(owner: DerOwner, clock: Pick<Clock, "after">, memory: Remembering = FORGETFUL) {
    this.#owner = owner;
    this.#clock = clock;
    this.#kept = new Cell(memory, "derControls", NONE);
    if (this.#all.length > 0) this.#look();
  }

  get #all(): readonly DerControl[] {
    return this.#kept.value;
  }

  /** Takes a control in place of the one with its id: the ids that yield to it; `null`: it is one too many. */
  set(control: DerControl): readonly string[] | null {
    const others = this.#all.filter(({ id }) => id !== control.id);
    if (others.length >= MOST_CONTROLS) return null;
    const before = others.filter((one) => isSuperseded(one, others));
    this.#kept.value = [...others, control];
    this.#look();
    return others
      .filter((one) => !before.includes(one) && supersedes(control, one, [...others, control]))
      .map(({ id }) => id);
  }

  /** Those that a CSMS means, as they stand. */
  find(criteria: DerCriteria): readonly DerReport[] {
    return this.#all.filter((control) => isMeant(control, criteria)).map((control) => ({
      ...control,
      isSuperseded: isSuperseded(control, this.#all),
    }));
  }

  /** Takes controls away, and says how many. One that was under way has ended. */
  clear(criteria: DerCriteria): number {
    const cleared = this.#all.filter((control) => isMeant(control, criteria));
    this.#drop(cleared);
    this.#look();
    return cleared.length;
  }

  /** Lets go of the timer. The controls stay. */
  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** Ends what is over, begins what is due, and waits for what is next. */
  #look(): void {
    this.stop();
    const now = this.#owner.now();
    this.#drop(this.#all.filter(({ to }) => to !== null && to <= now));
    for (const control of this.#all) {
      const isDue = !control.isDefault && !control.isStarted && control.from <= now;
      if (isDue && !isSuperseded(control, this.#all)) this.#begin(control, now);
    }
    const moments = this.#all
      .flatMap(({ isDefault, isStarted, from, to }) => isDefault ? [] : [isStarted ? to : from, to])
      .filter((at) => at !== null && at > now) as number[];
    if (moments.length === 0) return;
    const wait = Math.min(LONGEST_WAIT_MS, Math.min(...moments) - now);
    this.#cancelTimer = this.#clock.after(wait, () => this.#look());
  }

  #begin(control: DerControl, at: number): void {
    const yielding = this.#all.filter((other) => supersedes(control, other, this.#all));
    for (const other of yielding.filter(({ isStarted }) => isStarted)) {
      this.#replace(other, { ...other, isStarted: false });
      this.#owner.startStop({ controlId: other.id, started: false, at, supersededIds: [] });
    }
    this.#replace(control, { ...control, isStarted: true });
    const supersededIds = yielding.map(({ id }) => id);
    this.#owner.startStop({ controlId: control.id, started: true, at, supersededIds });
  }

  #drop(dropped: readonly DerControl[]): void {
    if (dropped.length === 0) return;
    const left = this.#all.filter((control) => !dropped.includes(control));
    this.#kept.value = left.length === 0 ? NONE : left;
    const at = this.#owner.now();
    for (const { id, isStarted } of dropped) {
      if (isStarted) {
        this.#owner.startStop({ controlId: id, started: false, at, supersededIds: [] });
      }
    }
  }

  #replace(old: DerControl, control: DerControl): void {
    this.#kept.value = this.#all.map((one) => one.id === old.id ? control : one);
  }
}

function isMeant(control: DerControl, { id, isDefault, type }: DerCriteria): boolean {
  if (id !== undefined) return control.id === id;
  return (isDefault ?? control.isDefault) === control.isDefault &&
    (type ?? control.type) === control.type;
}
