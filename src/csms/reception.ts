import { describeError } from "../log/mod.ts";
import { loadVersion, type OcppVersion } from "../ocpp/mod.ts";
import { type Admission, admit } from "./admission.ts";
import { ConnectedStation, type Desk } from "./connected_station.ts";
import type { CsmsOptions } from "./options.ts";
import type { Register } from "./register.ts";
import { ServerSocket } from "./server_socket.ts";

/** RFC 6455 §7.4.1. */
const GOING_AWAY = 1001;
const PROTOCOL_ERROR = 1002;

const SHUTTING_DOWN = "The CSMS is shutting down";

/** Lets stations in, and holds every socket from its handshake to its end. */
export class Reception {
  readonly #options: CsmsOptions;
  readonly #desk: Desk;
  readonly #register: Register;
  readonly #sockets = new Set<ServerSocket>();
  /** Pending while handshakes are left without an answer. */
  #frozen: PromiseWithResolvers<void> | null = null;
  #ended = false;
  #empty: (() => void) | null = null;

  constructor(options: CsmsOptions, desk: Desk, register: Register) {
    this.#options = options;
    this.#desk = desk;
    this.#register = register;
  }

  /** The behaviour has changed: freezes or thaws what is there. */
  behave(): void {
    if (this.#desk.behaviour().frozen) this.#frozen ??= Promise.withResolvers();
    else this.#thaw();
    for (const socket of this.#sockets) {
      this.#isDeaf ? socket.stopReading() : socket.resumeReading();
    }
  }

  /** Answers a handshake, or whatever else came. */
  async receive(request: Request): Promise<Response> {
    await this.#frozen?.promise;
    if (this.#ended) return this.#refuse({ type: "refuse", status: 503, message: SHUTTING_DOWN });
    const { users = null, idleTimeoutMs = 120_000 } = this.#options;
    const admission = admit(request, this.#desk.behaviour(), users);
    if (admission.type === "refuse") return this.#refuse(admission);
    const version = admission.version === null ? null : await loadVersion(admission.version);
    const idleTimeout = idleTimeoutMs / 1000;
    const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout });
    // Not by the option of the same name, which wants one of the offered and commas with a space.
    if (admission.subprotocol !== null) {
      response.headers.set("Sec-WebSocket-Protocol", admission.subprotocol);
    }
    this.#welcome(socket, version, admission);
    return response;
  }

  closeAll(code: number, reason: string): void {
    for (const socket of this.#sockets) socket.close(code, reason);
  }

  /** Lets nobody in any more, closes every connection and waits, for seconds at most, for the last. */
  async close(): Promise<void> {
    this.#end();
    this.closeAll(GOING_AWAY, SHUTTING_DOWN);
    if (this.#sockets.size > 0) await new Promise<void>((resolve) => this.#empty = resolve);
  }

  /** Lets nobody in any more and drops every TCP connection. */
  drop(): void {
    this.#end();
    for (const socket of this.#sockets) socket.kill();
  }

  #refuse({ status, message, headers }: Admission & { type: "refuse" }): Response {
    this.#register.tally.refused++;
    this.#register.changed();
    return new Response(`${message}\n`, { status, headers });
  }

  #welcome(
    ws: WebSocket,
    version: OcppVersion | null,
    { stationId: id, subprotocol }: Admission & { type: "accept" },
  ): void {
    const { log, onText } = this.#options;
    let station: ConnectedStation | null = null;
    const socket = new ServerSocket(ws, this.#options.clock, {
      opened: () => {
        this.#register.tally.connects++;
        if (this.#ended) return socket.close(GOING_AWAY, SHUTTING_DOWN);
        if (version === null) {
          // The server agrees to none, so it completes the handshake and closes (1.6-J §3.2).
          return socket.close(PROTOCOL_ERROR, "None of the offered subprotocols is known here");
        }
        station = new ConnectedStation(id, version, socket, this.#desk);
        this.#seat(station, subprotocol);
      },
      received: (text) => {
        if (station === null) return;
        this.#register.tally.messages++;
        try {
          onText?.(id, text);
        } finally {
          station.received(text);
          this.#register.changed();
        }
      },
      gone: (code) => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) this.#empty?.();
        if (station !== null) this.#left(station, code);
      },
      failed: (thrown) => log.error(`CSMS failed to serve "${id}": ${describeError(thrown)}`),
    });
    this.#sockets.add(socket);
    if (this.#isDeaf) socket.stopReading();
  }

  #seat(station: ConnectedStation, subprotocol: string | null): void {
    this.#register.enter(station);
    const { closeAtOnce } = this.#desk.behaviour();
    if (closeAtOnce !== null) station.close(closeAtOnce.code, closeAtOnce.reason);
    this.#register.changed();
    this.#options.onConnect?.(station.id, subprotocol);
  }

  #left(station: ConnectedStation, code: number): void {
    station.gone();
    this.#register.leave(station, code);
    this.#register.changed();
    this.#options.onDisconnect?.(station.id, code);
  }

  get #isDeaf(): boolean {
    const { frozen, neverPong } = this.#desk.behaviour();
    return frozen || neverPong;
  }

  #thaw(): void {
    this.#frozen?.resolve();
    this.#frozen = null;
  }

  #end(): void {
    this.#ended = true;
    this.#thaw();
  }
}
