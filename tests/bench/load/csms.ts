import { type Child, script, startTalking } from "./child.ts";
import { until } from "./until.ts";

/** What the load CSMS saw. Times are milliseconds of its own clock, 0 when it did not happen. */
export interface Census {
  readonly connected: number;
  /** Connections since its start. */
  readonly opened: number;
  /** How often a station came that was there already. */
  readonly duplicates: number;
  /** The largest number of handshakes at once. */
  readonly mostHandshakes: number;
  readonly firstAt: number;
  readonly lastOpenAt: number;
  /** By action: how many, and when the last came. */
  readonly calls: Readonly<Record<string, { readonly count: number; readonly lastAt: number }>>;
  /** How many of its own CALLs were answered. */
  readonly answered: number;
}

/** How a load CSMS is started. */
export interface CsmsOptions {
  /** 0, any free one, by default. */
  readonly port?: number;
  /** 60 by default. */
  readonly heartbeatSeconds?: number;
}

/** The load CSMS, in a process of its own. */
export class LoadCsms implements AsyncDisposable {
  readonly port: number;
  /** Where stations dial, without their id. */
  readonly url: string;
  readonly #child: Child;

  private constructor(child: Child, port: number) {
    this.#child = child;
    this.port = port;
    this.url = `ws://127.0.0.1:${port}/ocpp`;
  }

  static async start({ port = 0, heartbeatSeconds = 60 }: CsmsOptions = {}): Promise<LoadCsms> {
    const child = await startTalking(
      ...script("load_csms.ts", String(port), String(heartbeatSeconds)),
    );
    return new LoadCsms(child, Number(child.firstLine));
  }

  async census(): Promise<Census> {
    return await (await this.#order("census")).json();
  }

  /** From now on every station gets a CALL, and when it has answered the next. */
  async flood(): Promise<void> {
    await (await this.#order("flood")).body?.cancel();
  }

  /** Closes the connections that are the oldest. */
  async closeOldest(count: number): Promise<void> {
    await (await this.#order(`close?count=${count}`)).body?.cancel();
  }

  /** Waits until so many stations are there. @returns what it saw then */
  connected(count: number): Promise<Census> {
    return this.#saw(`${count} connections`, ({ connected }) => connected >= count);
  }

  /** Waits until it has had so many CALLs of these actions. @returns what it saw then */
  called(counts: Readonly<Record<string, number>>): Promise<Census> {
    return this.#saw(
      JSON.stringify(counts),
      ({ calls }) =>
        Object.entries(counts).every(([action, count]) => (calls[action]?.count ?? 0) >= count),
    );
  }

  /** Ends it as a crash does. */
  kill(): Promise<void> {
    return this.#child.kill();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  #saw(what: string, condition: (census: Census) => boolean): Promise<Census> {
    return until(`the CSMS to see ${what}`, async () => {
      const census = await this.census();
      return { is: condition(census), value: census };
    });
  }

  #order(what: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}/control/${what}`);
  }
}
