import { Alarm, type Clock } from "../../clock/mod.ts";
import { describeError } from "../../log/mod.ts";
import { type Location, readLocation } from "./location.ts";

/** Admits so many at once: a fleet that is told to fetch something must not do it all at once. */
export interface Admission {
  /** `false`: the signal was aborted first. */
  enter(signal: AbortSignal): Promise<boolean>;
  leave(): void;
}

/** How a transfer ended. */
export type TransferEnd =
  | { readonly kind: "done"; readonly bytes: number }
  | { readonly kind: "aborted" }
  /** One sentence for a person. `denied`: 401, 403; `refused`: 400; `unsupported`: 405, 501. */
  | {
    readonly kind: "denied" | "failed" | "refused" | "unsupported";
    readonly message: string;
  };

/** What both ways of a transfer need. */
export interface TransferOptions {
  /** Authorities that are trusted beside the usual ones, PEM. */
  readonly caCerts: readonly string[];
  readonly signal: AbortSignal;
}

/** No firmware of a charging station is larger. In bytes. */
const MOST_BYTES = 512 * 1024 * 1024;
/** Without a sign of life for so long, a transfer has failed. */
const STALL_MS = 120_000;
/** However it trickles, a transfer ends after an hour. */
const LONGEST_MS = 3_600_000;
const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Those that may be followed with a body. */
const REDIRECTS_WITH_BODY: readonly number[] = [307, 308];

/** Moves files over HTTP for all stations of a fleet. Never rejects; everything is bounded. */
export class Transfers {
  readonly #clock: Clock;
  readonly #admission: Admission;

  constructor(clock: Clock, admission: Admission) {
    this.#clock = clock;
    this.#admission = admission;
  }

  /** GETs a file and hands over its pieces; nothing is kept. */
  download(
    from: Location,
    take: (chunk: Uint8Array) => void,
    options: TransferOptions,
  ): Promise<TransferEnd> {
    return this.#run(options, async (session) => {
      const response = await session.fetch(from, { method: "GET" });
      const failure = await failureOf(response);
      if (failure !== null) return failure;
      const announced = Number(response.headers.get("content-length") ?? 0);
      let bytes = 0;
      for await (const chunk of response.body ?? []) {
        session.alive();
        bytes += chunk.length;
        if (Math.max(bytes, announced) > MOST_BYTES) {
          return { kind: "failed", message: `The file is larger than ${MOST_BYTES} bytes` };
        }
        take(chunk);
      }
      return { kind: "done", bytes };
    });
  }

  /** PUTs a text; a server that does not know PUT gets a POST. */
  upload(
    to: Location,
    file: { readonly name: string; readonly text: string },
    options: TransferOptions,
  ): Promise<TransferEnd> {
    return this.#run(options, async (session) => {
      const body = new TextEncoder().encode(file.text);
      const headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-disposition": `attachment; filename="${file.name}"`,
      };
      let response = await session.fetch(to, { method: "PUT", body, headers });
      if (response.status === 405) {
        await response.body?.cancel();
        session.alive();
        response = await session.fetch(to, { method: "POST", body, headers });
      }
      const failure = await failureOf(response);
      if (failure !== null) return failure;
      await response.body?.cancel();
      return { kind: "done", bytes: body.length };
    });
  }

  async #run(
    { caCerts, signal }: TransferOptions,
    move: (session: Session) => Promise<TransferEnd>,
  ): Promise<TransferEnd> {
    if (!await this.#admission.enter(signal)) return { kind: "aborted" };
    let session: Session | null = null;
    try {
      session = new Session(this.#clock, caCerts, signal);
      return await move(session);
    } catch (error) {
      if (signal.aborted) return { kind: "aborted" };
      return { kind: "failed", message: session?.late ?? sentence(error) };
    } finally {
      session?.end();
      this.#admission.leave();
    }
  }
}

/** One transfer, with its time limits. */
class Session {
  readonly #client: Deno.HttpClient | undefined;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #stalled: Alarm;
  readonly #cancelLongest: () => void;
  #late: string | null = null;

  constructor(clock: Clock, caCerts: readonly string[], signal: AbortSignal) {
    this.#client = caCerts.length === 0
      ? undefined
      : Deno.createHttpClient({ caCerts: [...caCerts], http2: false });
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#stalled = new Alarm(clock);
    this.#cancelLongest = clock.after(LONGEST_MS, () => {
      this.#giveUp(`The transfer took longer than ${LONGEST_MS / 60_000} minutes`);
    });
    this.alive();
  }

  /** Which time limit ended it. */
  get late(): string | null {
    return this.#late;
  }

  /** Something came or went. */
  alive(): void {
    this.#stalled.set(STALL_MS, () => {
      this.#giveUp(`Nothing came for ${STALL_MS / 1000} s`);
    });
  }

  /** Follows a few redirects, as long as they lead to HTTP, and not from HTTPS to plain HTTP. */
  async fetch(
    first: Location,
    init: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
  ): Promise<Response> {
    let at = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const response = await fetch(at.url, {
        ...init,
        headers: {
          ...init.headers,
          // What is signed is the file, not what a server makes of it.
          "accept-encoding": "identity",
          ...(at.authorization === null ? {} : { authorization: at.authorization }),
        },
        redirect: "manual",
        signal: this.#signal,
        client: this.#client,
      });
      this.alive();
      const target = response.headers.get("location");
      const followed = init.body === undefined ? REDIRECTS : REDIRECTS_WITH_BODY;
      if (target === null || !followed.includes(response.status)) return response;
      await response.body?.cancel();
      at = redirect(at, target);
    }
    throw new Error(`The server redirects more than ${MOST_REDIRECTS} times`);
  }

  end(): void {
    this.#cancelLongest();
    this.#stalled.stop();
    // What is still open of an answer that was given up ends here.
    this.#stop.abort();
    this.#client?.close();
  }

  #giveUp(late: string): void {
    this.#late = late;
    this.#stop.abort();
  }
}

/** The password goes nowhere else than to the server that it was meant for. */
function redirect(from: Location, target: string): Location {
  const url = URL.parse(target, from.url);
  const to = readLocation(url?.href ?? target);
  if ("reason" in to) throw new Error(`The server redirects: ${to.reason}`);
  if (from.url.startsWith("https:") && to.url.startsWith("http:")) {
    throw new Error("The server redirects from HTTPS to plain HTTP");
  }
  const isSameServer = new URL(from.url).origin === new URL(to.url).origin;
  return { ...to, authorization: to.authorization ?? (isSameServer ? from.authorization : null) };
}

const FAILURES: Readonly<Record<number, "denied" | "refused" | "unsupported">> = {
  400: "refused",
  401: "denied",
  403: "denied",
  405: "unsupported",
  501: "unsupported",
};

async function failureOf(response: Response): Promise<TransferEnd | null> {
  if (response.ok) return null;
  await response.body?.cancel();
  const { status } = response;
  return { kind: FAILURES[status] ?? "failed", message: `The server answers ${status}` };
}

/** The runtime puts the whole URL into its messages, and a query may hold a signature. */
function sentence(error: unknown): string {
  return describeError(error).replace(/ for url \([^)]*\)/g, "");
}
