import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import type { IdToken, IdTokenInfo } from "../words.ts";
import { asOf, isValid, sameToken } from "./token.ts";

/** How many tokens a station remembers. */
export const MOST_CACHED = 250;

/** Plain JSON. */
interface Entry {
  readonly idToken: IdToken;
  readonly info: IdTokenInfo;
  /** Milliseconds since 1970. */
  readonly usedAt: number;
}

const NONE: readonly Entry[] = [];

/** What the CSMS last said of the tokens that were presented here (1.6 §3.5.1, 2.x C10–C12). */
export class AuthorizationCache {
  readonly #kept: Cell<readonly Entry[]>;

  constructor(memory: Remembering = FORGETFUL) {
    this.#kept = new Cell(memory, "authorizationCache", NONE);
  }

  /** The one that was used last is last. */
  get #entries(): readonly Entry[] {
    return this.#kept.value;
  }

  set #entries(entries: readonly Entry[]) {
    this.#kept.value = entries;
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Keeps what the CSMS said. When it is full, what is not valid goes first, then what is oldest. */
  keep(idToken: IdToken, info: IdTokenInfo, now: number): void {
    let others = this.#entries.filter((entry) => !sameToken(entry.idToken, idToken));
    if (others.length >= MOST_CACHED) {
      others = others.filter((entry) => isValid(asOf(entry.info, now))).slice(1 - MOST_CACHED);
    }
    this.#entries = [...others, { idToken, info, usedAt: now }];
  }

  /**
   * What is known of a token, whether that is over or not; `null`: nothing.
   * @param lifetimeSeconds how long an entry lives without being used, unless the CSMS said until when
   *   it holds (C10.FR.10, FR.13); 0: for ever
   */
  find(idToken: IdToken, now: number, lifetimeSeconds: number): IdTokenInfo | null {
    const found = this.#entries.find((entry) => sameToken(entry.idToken, idToken));
    if (found === undefined) return null;
    const isOver = lifetimeSeconds > 0 && found.info.expiresAt === null &&
      now - found.usedAt >= lifetimeSeconds * 1000;
    if (isOver) this.forget(idToken);
    return isOver ? null : found.info;
  }

  /** Somebody charges by what is known here: what is not used leaves first. */
  used(idToken: IdToken, now: number): void {
    const found = this.#entries.find((entry) => sameToken(entry.idToken, idToken));
    if (found === undefined) return;
    const others = this.#entries.filter((entry) => entry !== found);
    this.#entries = [...others, { ...found, usedAt: now }];
  }

  /** Forgets a token (2.x N10). */
  forget(idToken: IdToken): void {
    const others = this.#entries.filter((entry) => !sameToken(entry.idToken, idToken));
    this.#entries = others.length === 0 ? NONE : others;
  }

  /** Forgets all (1.6 §5.4, 2.x C11). */
  clear(): void {
    this.#entries = NONE;
  }
}
