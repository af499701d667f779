import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { IdToken, IdTokenInfo } from "../words.ts";
import { tokenKey, UNTYPED } from "./token.ts";

/** One line of an update. `info` null: the token leaves the list. */
export interface ListChange {
  readonly idToken: IdToken;
  readonly info: IdTokenInfo | null;
}

/** How much fits, in tokens. */
export interface ListLimits {
  readonly inUpdate: number;
  readonly inAll: number;
}

/** What became of an update; when nothing did, why, in one sentence. */
export type ListUpdated =
  | { readonly status: "Accepted" }
  | {
    readonly status: "Failed" | "VersionMismatch";
    /** `list`: it is too long as a whole; `update`: it is at once. */
    readonly fault: "list" | "token" | "update" | "version";
    readonly reason: string;
  };

/** Plain JSON. */
interface List {
  readonly version: number;
  readonly size: number;
  readonly entries: Readonly<Record<string, IdTokenInfo>>;
}

const EMPTY: List = { version: 0, size: 0, entries: {} };

/** The local authorization list (1.6 §3.5.2, 2.x D01–D02). Only its CSMS changes it. */
export class LocalList {
  readonly #kept: Cell<List>;

  constructor(memory: Remembering = FORGETFUL) {
    this.#kept = new Cell(memory, "localList", EMPTY);
  }

  /** 0: it is empty (1.6 §5.10, 2.x D02). */
  get version(): number {
    return this.#kept.value.version;
  }

  /** How many tokens are in it. */
  get size(): number {
    return this.#kept.value.size;
  }

  /** What it says of a token, whether that is over or not; `null`: nothing. */
  find(idToken: IdToken): IdTokenInfo | null {
    const { entries } = this.#kept.value;
    return entries[tokenKey(idToken)] ?? entries[tokenKey({ ...idToken, type: UNTYPED })] ?? null;
  }

  /** Replaces it, or changes parts of it (1.6 §5.15, 2.x D01). It is done whole or not at all. */
  update(
    version: number,
    kind: "differential" | "full",
    changes: readonly ListChange[],
    limits: ListLimits,
  ): ListUpdated {
    if (!Number.isSafeInteger(version) || version <= 0) {
      return failed("version", `its version must be above 0, found: ${version}`);
    }
    if (kind === "differential" && version <= this.version) {
      const reason = `its version must be above ${this.version}, found: ${version}`;
      return { ...failed("version", reason), status: "VersionMismatch" };
    }
    if (changes.length > limits.inUpdate) {
      const reason = `it may have ${limits.inUpdate} tokens at once, found: ${changes.length}`;
      return failed("update", reason);
    }
    const named = new Set<string>();
    const entries = kind === "full" ? {} : { ...this.#kept.value.entries };
    for (const { idToken, info } of changes) {
      const key = tokenKey(idToken);
      if (named.has(key)) return failed("token", `it names "${idToken.idToken}" twice`);
      named.add(key);
      if (info !== null) entries[key] = info;
      else if (kind === "differential") delete entries[key];
      else return failed("token", `it is full, and does not say what "${idToken.idToken}" may`);
    }
    const size = Object.keys(entries).length;
    if (size > limits.inAll) {
      return failed("list", `the list holds ${limits.inAll} tokens, found: ${size}`);
    }
    this.#kept.value = size === 0 ? EMPTY : { version, size, entries };
    return { status: "Accepted" };
  }
}

function failed<Fault extends string>(fault: Fault, problem: string) {
  return { status: "Failed", fault, reason: `Cannot update the local list: ${problem}` } as const;
}
