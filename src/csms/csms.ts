import { type CallOutcome, messageIds, type Payload } from "../ocpp/mod.ts";
import { type Behaviour, FRIENDLY } from "./behaviour.ts";
import type { Census } from "./census.ts";
import { keepListening, type Listener } from "./listener.ts";
import type { CsmsOptions } from "./options.ts";
import { Reception } from "./reception.ts";
import { Register, type SeenStation } from "./register.ts";

/**
 * Starts a CSMS. It listens when the promise resolves.
 *
 * @throws {Error} when it cannot listen there
 */
export function startCsms(options: CsmsOptions): Promise<Csms> {
  return Promise.try(() => new Csms(options));
}

/** A CSMS that runs. Made by {@link startCsms}. */
export class Csms implements AsyncDisposable {
  readonly port: number;
  /** Where stations dial, without their id: `ws://127.0.0.1:9000`. */
  readonly url: string;

  readonly #listener: Listener;
  readonly #reception: Reception;
  readonly #register: Register;
  readonly #ended = new AbortController();
  #behaviour: Behaviour = FRIENDLY;
  #transactions = 0;
  #stopped: Promise<void> | null = null;

  /** @throws {Error} when it cannot listen */
  constructor(options: CsmsOptions) {
    const { clock, log, random } = options;
    const register = this.#register = new Register(log);
    const reception = this.#reception = new Reception(options, {
      clock,
      newId: messageIds(clock, random),
      bootIntervalSeconds: Math.round((options.bootIntervalMs ?? 300_000) / 1000),
      callTimeoutMs: options.callTimeoutMs ?? 30_000,
      validate: options.validate ?? true,
      ended: this.#ended.signal,
      behaviour: () => this.#behaviour,
      newTransactionId: () => ++this.#transactions,
      noted: (station, frame) => register.noted(station, frame),
      violated: (station, message) => register.violated(station, message),
    }, register);
    this.behave(options.behaviour ?? {});
    this.#listener = keepListening({
      host: options.host ?? "127.0.0.1",
      port: options.port ?? 0,
      tls: options.tls ?? null,
      handler: (request) => reception.receive(request),
      listen: options.listen ?? Deno.serve,
      clock,
      log,
    });
    this.port = this.#listener.port;
    this.url = this.#listener.url;
  }

  /** Changes how it behaves from now on; what is not named stays. */
  behave(change: Partial<Behaviour>): void {
    this.#behaviour = { ...this.#behaviour, ...change };
    this.#reception.behave();
  }

  /** What it has seen so far. */
  census(): Census {
    return this.#register.census();
  }

  /** The stations that are connected, by id. */
  get stations(): ReadonlyMap<string, SeenStation> {
    return this.#register.stations;
  }

  /** The last broken rules, in words, each with its station. */
  get violations(): readonly string[] {
    return this.#register.violations;
  }

  /**
   * Resolves as soon as `condition` holds; it is asked again whenever a station comes, goes or says
   * something. Rejects when the CSMS stops first.
   */
  until(condition: (csms: this) => boolean): Promise<void> {
    return this.#register.until(() => condition(this));
  }

  /** Asks a station to do something. Never rejects: that it is not there is an outcome too. */
  call(stationId: string, action: string, payload: Payload): Promise<CallOutcome> {
    const station = this.#register.stations.get(stationId);
    if (station !== undefined) return station.call(action, payload);
    const message = `Cannot send ${action}: station "${stationId}" is not connected`;
    return Promise.resolve({ kind: "refused", reason: "offline", message });
  }

  /** Sends any text, valid or not. `false`: the station is not there. */
  send(stationId: string, text: string): boolean {
    return this.#register.stations.get(stationId)?.send(text) ?? false;
  }

  /** Closes the connection of one station. `false`: it is not there. */
  disconnect(stationId: string, code: number, reason = ""): boolean {
    const station = this.#register.stations.get(stationId);
    station?.close(code, reason);
    return station !== undefined;
  }

  /** Closes every connection. */
  disconnectAll(code: number, reason = ""): void {
    this.#reception.closeAll(code, reason);
  }

  /** Ends in good order, within seconds: every connection is closed, and dropped if need be. */
  stop(): Promise<void> {
    return this.#stopped ??= this.#stop();
  }

  /** Ends as a crash does: every TCP connection is dropped without a close frame. */
  async drop(): Promise<void> {
    this.#end();
    this.#reception.drop();
    await this.#listener.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    this.#end();
    await this.#reception.close();
    await this.#listener.stop();
  }

  #end(): void {
    this.#ended.abort();
    this.#register.close();
  }
}
