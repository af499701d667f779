import { once } from "node:events";
import { type AddressInfo, connect, type Server } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { Ca } from "./certs.ts";

/**
 * A door in front of a server that knows no TLS: it lets in who shows a certificate of `clientCa`, and
 * hands everything on.
 */
export class TlsFront implements AsyncDisposable {
  readonly url: string;
  /** The serial numbers of the certificates that were shown, in order, in hex. */
  readonly shown: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<{ destroy(): void }>();

  private constructor(server: Server, behind: URL) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    this.url = `wss://127.0.0.1:${port}${behind.pathname}`;
    server.on("secureConnection", (socket) => this.#welcome(socket, Number(behind.port)));
  }

  /** @param behind the server, as ws: */
  static async start(behind: string, ca: Ca, clientCa: string): Promise<TlsFront> {
    const { certPem, keyPem } = await ca.issue();
    const server = createServer({
      cert: certPem,
      key: keyPem,
      ca: clientCa,
      requestCert: true,
      rejectUnauthorized: true,
      ALPNProtocols: ["http/1.1"],
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new TlsFront(server, new URL(behind));
  }

  #welcome(socket: TLSSocket, port: number): void {
    this.shown.push(socket.getPeerCertificate().serialNumber);
    const inner = connect(port, "127.0.0.1");
    for (const [one, other] of [[socket, inner], [inner, socket]] as const) {
      this.#sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
