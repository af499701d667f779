import type { Socket } from "node:net";
import { Inbox } from "./inbox.ts";
import type { SeenRequest } from "./raw_http.ts";
import {
  closePayload,
  decodeFrame,
  encodeFrame,
  type FrameKind,
  type FrameToSend,
  type SeenFrame,
} from "./websocket_codec.ts";

/** How a session behaves when nobody tells it otherwise. */
export interface Manners {
  /** Answers pings. Default true. */
  pongs: boolean;
  /** Answers a close frame, then ends the TCP connection. Default true. */
  answersClose: boolean;
}

/** One WebSocket of a {@link RawPeer}, after the handshake, in the hands of the test. */
export class RawSession {
  readonly request: SeenRequest;
  /** What we answered in the handshake. */
  readonly subprotocol: string | null;
  readonly manners: Manners;
  /** Every frame that the client sent, in order. */
  readonly frames: SeenFrame[] = [];
  /** Resolves when the TCP connection is gone, however it went. */
  readonly ended: Promise<void>;

  readonly #socket: Socket;
  readonly #inbox = new Inbox<SeenFrame>();
  #unread: Uint8Array;

  /** @param head what the client sent right behind its handshake */
  constructor(
    socket: Socket,
    request: SeenRequest,
    subprotocol: string | null,
    manners: Manners,
    head: Uint8Array,
  ) {
    this.request = request;
    this.subprotocol = subprotocol;
    this.manners = { ...manners };
    this.#socket = socket;
    this.#unread = head;
    this.ended = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("data", (bytes: Uint8Array) => this.#read(bytes));
    socket.once("close", () => this.#inbox.end("The connection ended before such a frame came"));
    this.#read(new Uint8Array());
  }

  /** The next frame that was not taken yet, of one kind or of any. Rejects when none can come. */
  next(kind?: FrameKind): Promise<SeenFrame> {
    return this.#inbox.take((frame) => kind === undefined || frame.kind === kind);
  }

  /** The text of the next text frame. */
  async nextText(): Promise<string> {
    return (await this.next("text")).text;
  }

  sendText(text: string): void {
    this.sendFrame({ payload: new TextEncoder().encode(text) });
  }

  sendFrame(frame: FrameToSend): void {
    this.sendBytes(encodeFrame(frame));
  }

  ping(payload = ""): void {
    this.sendFrame({ kind: "ping", payload: new TextEncoder().encode(payload) });
  }

  /** Starts the closing handshake. Without a code the close frame is empty. */
  close(code?: number, reason?: string): void {
    this.sendFrame({ kind: "close", payload: closePayload(code, reason) });
  }

  /** Any bytes, valid or not. */
  sendBytes(bytes: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(bytes);
  }

  sendInvalidUtf8(): void {
    this.sendFrame({ payload: Uint8Array.of(0xc3, 0x28, 0xff) });
  }

  sendReservedBits(): void {
    this.sendFrame({ reservedBits: 4, payload: Uint8Array.of(0x41) });
  }

  sendUnknownOpcode(): void {
    this.sendFrame({ opcode: 3, payload: Uint8Array.of(0x41) });
  }

  /** Announces a text frame of that many bytes and sends them for as long as the client listens. */
  async sendOversize(bytes = 80 * 1024 * 1024): Promise<void> {
    this.sendFrame({ announcedLength: bytes });
    const chunk = new Uint8Array(64 * 1024).fill(0x61);
    for (let sent = 0; sent < bytes && this.#socket.writable; sent += chunk.length) {
      if (!this.#socket.write(chunk)) await this.#drained();
    }
  }

  /** Reads nothing any more: no frames, no pongs, no answers, and the client's data piles up. */
  stopReading(): void {
    this.#socket.pause();
  }

  resumeReading(): void {
    this.#socket.resume();
  }

  /** Ends the TCP connection (FIN) without a close frame. */
  end(): void {
    this.#socket.end();
    this.#socket.resume();
  }

  /** Ends the TCP connection at once with a reset (RST). Not over TLS. */
  reset(): void {
    this.#socket.resetAndDestroy();
  }

  #read(bytes: Uint8Array): void {
    this.#unread = joined(this.#unread, bytes);
    for (let got = decodeFrame(this.#unread); got !== null; got = decodeFrame(this.#unread)) {
      this.#unread = this.#unread.subarray(got.size);
      this.frames.push(got.frame);
      this.#react(got.frame);
      this.#inbox.put(got.frame);
    }
  }

  #react(frame: SeenFrame): void {
    if (frame.kind === "ping" && this.manners.pongs) {
      this.sendFrame({ kind: "pong", payload: frame.payload });
    }
    if (frame.kind !== "close" || !this.manners.answersClose) return;
    this.sendFrame({ kind: "close", payload: frame.payload });
    this.end();
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.once("drain", resolve);
      this.#socket.once("close", resolve);
    });
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
