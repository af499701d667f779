/**
 * A WebSocket server that does on the wire whatever a test wants, well-behaved or not, on a free port
 * of 127.0.0.1, with or without TLS, and that keeps a record of what it saw.
 *
 * ```ts ignore
 * await using peer = await RawPeer.start();
 * // have a client dial peer.url, then:
 * const session = await peer.next();
 * session.manners.pongs = false;
 * session.sendText("[2,\"1\",\"Reset\",{\"type\":\"Soft\"}]");
 * ```
 *
 * @module
 */
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Inbox } from "./inbox.ts";
import {
  httpAnswer,
  latin1,
  parseRequest,
  type SeenRequest,
  switchingProtocols,
} from "./raw_http.ts";
import { type Manners, RawSession } from "./raw_session.ts";

export type { SeenRequest } from "./raw_http.ts";
export { RawSession } from "./raw_session.ts";
export type { Manners } from "./raw_session.ts";
export type { FrameKind, FrameToSend, SeenFrame } from "./websocket_codec.ts";

/** What a peer answers to a handshake. */
export type Answer =
  /** 101. Without `subprotocol` the first one offered, `null`: none, else this text, offered or not. */
  | { readonly type: "accept"; readonly subprotocol?: string | null }
  /** An HTTP answer, then the end of the connection. */
  | {
    readonly type: "http";
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  }
  /** Bytes that need not be HTTP, then the end of the connection. */
  | { readonly type: "bytes"; readonly bytes: string }
  /** Nothing at all, and the connection stays. */
  | { readonly type: "silence" }
  /** The end of the connection (FIN) without an answer. */
  | { readonly type: "end" }
  /** A reset (RST) without an answer. Not over TLS. */
  | { readonly type: "reset" };

/** The server's certificate, and whose clients it wants to see. */
export interface PeerTls {
  readonly certPem: string;
  readonly keyPem: string;
  /** Clients must show a certificate of this CA (mutual TLS). */
  readonly clientCa?: string;
  /** `http/1.1` by default, as Node servers have it. */
  readonly alpn?: readonly string[];
}

/** What a peer is from its start. */
export interface RawPeerOptions {
  readonly tls?: PeerTls;
  readonly answer?: Answer;
  readonly manners?: Partial<Manners>;
  /** 0, any free port, by default. */
  readonly port?: number;
}

/** See the top of this file. Dispose of it, or the leak sanitizer will complain. */
export class RawPeer implements AsyncDisposable {
  readonly port: number;
  /** `ws://127.0.0.1:port` or `wss://127.0.0.1:port`, without a path. */
  readonly url: string;
  /** The answer to handshakes from now on; a function decides request by request. */
  answer: Answer | ((request: SeenRequest) => Answer);
  /** What sessions from now on start with. */
  manners: Manners;
  /** Every request, in order. */
  readonly requests: SeenRequest[] = [];
  /** Every session, in order, ended ones too. */
  readonly sessions: RawSession[] = [];
  /** TCP connections so far, those that failed the TLS handshake too. */
  connections = 0;
  /** The most TCP connections that were open at once. */
  mostOpen = 0;

  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #sessionInbox = new Inbox<RawSession>();
  readonly #requestInbox = new Inbox<SeenRequest>();

  private constructor(server: Server, options: RawPeerOptions) {
    this.#server = server;
    this.answer = options.answer ?? { type: "accept" };
    this.manners = { pongs: true, answersClose: true, ...options.manners };
    this.port = (server.address() as AddressInfo).port;
    this.url = `${options.tls ? "wss" : "ws"}://127.0.0.1:${this.port}`;
    server.on("connection", (socket) => this.#count(socket));
    server.on(options.tls ? "secureConnection" : "connection", (socket) => this.#serve(socket));
  }

  static async start(options: RawPeerOptions = {}): Promise<RawPeer> {
    const server = options.tls ? tlsServer(options.tls) : createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port ?? 0, "127.0.0.1", resolve);
    });
    return new RawPeer(server, options);
  }

  /** TCP connections open now. */
  get open(): number {
    return this.#open.size;
  }

  /** Pings that clients sent, over all sessions. */
  get pings(): number {
    return this.sessions.reduce(
      (sum, session) => sum + session.frames.filter((frame) => frame.kind === "ping").length,
      0,
    );
  }

  /** The next session that was not taken yet. */
  next(): Promise<RawSession> {
    return this.#sessionInbox.take();
  }

  /** The next request that was not taken yet, whatever its answer. */
  nextRequest(): Promise<SeenRequest> {
    return this.#requestInbox.take();
  }

  /** Drops every connection and stops listening; a new peer on the same port is the restart. */
  async [Symbol.asyncDispose](): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#open) socket.destroy();
    this.#sessionInbox.end("The peer was stopped before such a session came");
    this.#requestInbox.end("The peer was stopped before such a request came");
    await stopped;
  }

  #count(socket: Socket): void {
    this.connections++;
    this.#open.add(socket);
    this.mostOpen = Math.max(this.mostOpen, this.#open.size);
    socket.once("close", () => this.#open.delete(socket));
  }

  #serve(socket: Socket): void {
    // Resets and broken pipes are what tests are about; "close" follows and tells.
    socket.on("error", () => {});

    let head = "";
    const onData = (bytes: Uint8Array): void => {
      head += latin1(bytes);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      socket.off("data", onData);
      const rest = Uint8Array.from(head.slice(end + 4), (character) => character.charCodeAt(0));
      this.#handshake(socket, parseRequest(head.slice(0, end)), rest);
    };
    socket.on("data", onData);
  }

  #handshake(socket: Socket, request: SeenRequest, rest: Uint8Array): void {
    this.requests.push(request);
    this.#requestInbox.put(request);
    const answer = typeof this.answer === "function" ? this.answer(request) : this.answer;
    switch (answer.type) {
      case "accept": {
        const offered = request.headers.get("sec-websocket-protocol")?.split(",")[0]?.trim();
        const subprotocol = answer.subprotocol === undefined ? offered ?? null : answer.subprotocol;
        socket.write(switchingProtocols(request, subprotocol));
        const session = new RawSession(socket, request, subprotocol, this.manners, rest);
        this.sessions.push(session);
        this.#sessionInbox.put(session);
        return;
      }
      case "http":
        socket.end(httpAnswer(answer.status, answer.headers, answer.body));
        return;
      case "bytes":
        socket.end(answer.bytes);
        return;
      case "silence":
        return;
      case "end":
        socket.end();
        return;
      case "reset":
        socket.resetAndDestroy();
        return;
      default:
        answer satisfies never;
    }
  }
}

/** A URL where nothing listens: dialling it is refused. */
export function refusedUrl(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return `ws://127.0.0.1:${listener.addr.port}`;
}

function tlsServer(tls: PeerTls): Server {
  return createTlsServer({
    cert: tls.certPem,
    key: tls.keyPem,
    ca: tls.clientCa,
    requestCert: tls.clientCa !== undefined,
    rejectUnauthorized: tls.clientCa !== undefined,
    ALPNProtocols: [...tls.alpn ?? ["http/1.1"]],
  });
}
