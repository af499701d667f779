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
  | { readonly status: "Failed" | "VersionMismatch"; readonly reason: string };

/** Plain JSON. */
interface List {
  readonly version: number;
  readonly size: number;
  readonly entries: Readonly<Record<string, IdTokenInfo>>;
}

const EMPTY: List = { version: 0, size: 0, entries: {} };

/** The local authorization list (1.6 §3.5.2, 2.x D01–D02). Only its CSMS changes it. */
export class LocalList {
  #list: List = EMPTY;

  /** 0: it is empty (1.6 §5.10, 2.x D02). */
  get version(): number {
    return this.#list.version;
  }

  /** How many tokens are in it. */
  get size(): number {
    return this.#list.size;
  }

  /** What it says of a token, whether that is over or not; `null`: nothing. */
  find(idToken: IdToken): IdTokenInfo | null {
    const { entries } = this.#list;
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
      return failed(`its version must be above 0, found: ${version}`);
    }
    if (kind === "differential" && version <= this.version) {
      const reason = `its version must be above ${this.version}, found: ${version}`;
      return { ...failed(reason), status: "VersionMismatch" };
    }
    if (changes.length > limits.inUpdate) {
      return failed(`it may have ${limits.inUpdate} tokens at once, found: ${changes.length}`);
    }
    const named = new Set<string>();
    const entries = kind === "full" ? {} : { ...this.#list.entries };
    for (const { idToken, info } of changes) {
      const key = tokenKey(idToken);
      if (named.has(key)) return failed(`it names "${idToken.idToken}" twice`);
      named.add(key);
      if (info !== null) entries[key] = info;
      else if (kind === "differential") delete entries[key];
      else return failed(`it is full, and does not say what "${idToken.idToken}" may`);
    }
    const size = Object.keys(entries).length;
    if (size > limits.inAll) {
      return failed(`the list holds ${limits.inAll} tokens, found: ${size}`);
    }
    this.#list = size === 0 ? EMPTY : { version, size, entries };
    return { status: "Accepted" };
  }
}

function failed(problem: string): { status: "Failed"; reason: string } {
  return { status: "Failed", reason: `Cannot update the local list: ${problem}` };
}
