import type { TlsOptions } from "./transport.ts";

/** Clients nobody dials with at the moment that are kept for the next dial. */
const MOST_IDLE = 32;

interface Entry {
  readonly client: Deno.HttpClient;
  users: number;
}

/** A client on loan. Give it back when the dial is over: the socket lives on without it. */
export interface Loan {
  readonly client: Deno.HttpClient;
  [Symbol.dispose](): void;
}

/**
 * One `Deno.HttpClient` per distinct set of CA, certificate and key, shared by all dials that need
 * it: each costs over 100 KiB, and its roots are parsed anew. Idle ones beyond a few are closed, so
 * that certificates which rotate for a year, or differ by station, do not pile up.
 */
export class HttpClients {
  /** In the order of last use. */
  readonly #entries = new Map<string, Entry>();
  readonly #keys = new WeakMap<TlsOptions, string>();

  /** @throws what `Deno.createHttpClient` throws for material that it cannot read */
  borrow(tls: TlsOptions | null): Loan {
    const key = this.#key(tls);
    const entry = this.#entries.get(key) ?? { client: create(tls), users: 0 };
    // Nearly always there is only one, which need not be moved to the end.
    if (this.#entries.size > 1) this.#entries.delete(key);
    this.#entries.set(key, entry);
    entry.users++;
    return {
      client: entry.client,
      [Symbol.dispose]: () => {
        entry.users--;
        this.#trim();
      },
    };
  }

  /** How many are open. */
  get size(): number {
    return this.#entries.size;
  }

  /** Closes them all. A later dial opens its own again. */
  [Symbol.dispose](): void {
    for (const { client } of this.#entries.values()) client.close();
    this.#entries.clear();
  }

  #key(tls: TlsOptions | null): string {
    if (tls === null) return "";
    let key = this.#keys.get(tls);
    if (key === undefined) {
      key = JSON.stringify([tls.caCert, tls.clientCert, tls.clientKey?.reveal()]);
      this.#keys.set(tls, key);
    }
    return key;
  }

  #trim(): void {
    if (this.#entries.size <= MOST_IDLE) return;
    let idle = 0;
    for (const { users } of this.#entries.values()) if (users === 0) idle++;
    for (const [key, { client, users }] of this.#entries) {
      if (idle <= MOST_IDLE) return;
      if (users > 0) continue;
      this.#entries.delete(key);
      client.close();
      idle--;
    }
  }
}

function create(tls: TlsOptions | null): Deno.HttpClient {
  return Deno.createHttpClient({
    // Without it a handshake that failed is tried once more over HTTP/2, and that error is the one told.
    http2: false,
    ...(tls?.caCert ? { caCerts: [tls.caCert] } : {}),
    ...(tls?.clientCert && tls.clientKey
      ? { cert: tls.clientCert, key: tls.clientKey.reveal() }
      : {}),
  });
}
