/**
 * A CSMS and a station that others wrote: those of the npm package ocpp-rpc in strict mode, which hold
 * every message against the official schemas.
 *
 * @module
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createValidator, RPCClient, RPCServer } from "ocpp-rpc";
import { officialSchemas } from "../../tools/schemas/official.ts";
import { Inbox } from "./inbox.ts";

/** Answers a CALL. */
export type Handler = (call: { method: string; params?: Params }) => Promise<Params>;

/** What ocpp-rpc knows of the other end; `on` is missing in its types. */
export interface RpcClient {
  readonly identity?: string;
  readonly protocol?: string;
  handle(method: string, handler: Handler): void;
  /** For every method that has no handler of its own. */
  handle(handler: Handler): void;
  call(method: string, params: Params): Promise<unknown>;
  on(event: string, listener: (what: unknown) => void): void;
}

/** A payload. */
export type Params = Record<string, unknown>;

const PROTOCOLS = ["ocpp1.6", "ocpp2.0.1", "ocpp2.1"];

/** A CSMS made of ocpp-rpc. */
export class RpcCsms implements AsyncDisposable {
  readonly boots = new Inbox<{ client: RpcClient; params: Params }>();
  readonly heartbeats = new Inbox<RpcClient>();
  /** What strict mode, or the parser of frames, did not like. */
  readonly complaints: string[] = [];
  readonly nextComplaint = new Inbox<string>();
  readonly url: string;
  /** Hears of every station that came, before it is heard. */
  onClient: (client: RpcClient) => void = () => {};
  readonly #server: RPCServer;
  readonly #http: Server;

  private constructor(server: RPCServer, http: Server) {
    this.#server = server;
    this.#http = http;
    this.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ocpp`;
  }

  /** @param passwords by identity; an identity that is not listed needs none */
  static async start(passwords: Readonly<Record<string, Uint8Array>> = {}): Promise<RpcCsms> {
    const server = new RPCServer({
      protocols: PROTOCOLS,
      strictMode: true,
      strictModeValidators: [await validator21()],
      pingIntervalMs: 0,
    });
    const http: Server = await server.listen(0, "127.0.0.1");
    const csms = new RpcCsms(server, http);
    server.auth((accept, reject, { identity, password }) => {
      const expected = passwords[identity];
      if (expected === undefined || password?.equals(expected)) accept();
      else reject(401, "Unauthorized");
    });
    server.on("client", (client: RpcClient) => csms.#welcome(client));
    return csms;
  }

  #welcome(client: RpcClient): void {
    for (const event of ["badMessage", "strictValidationFailure"]) {
      client.on(event, (what) => {
        const complaint = `${client.identity}: ${describe(what)}`;
        this.complaints.push(complaint);
        this.nextComplaint.put(complaint);
      });
    }
    this.onClient(client);
    client.handle("BootNotification", ({ params }) => {
      this.boots.put({ client, params: params ?? {} });
      return Promise.resolve({
        status: "Accepted",
        currentTime: new Date().toISOString(),
        interval: 1,
      });
    });
    client.handle("Heartbeat", () => {
      this.heartbeats.put(client);
      return Promise.resolve({ currentTime: new Date().toISOString() });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = this.#http.listening ? once(this.#http, "close") : undefined;
    await this.#server.close({ force: true });
    await closed;
  }
}

/**
 * ocpp-rpc 2.2.1 looks for `urn:BootNotification.req` in 2.1 too, where its schemas are called
 * `urn:BootNotificationRequest`: its strict mode refuses every message. So they get the names it wants.
 */
async function validator21() {
  const schemas = (await officialSchemas("2.1")).map(({ action, role, schema }) => ({
    ...schema,
    $id: `urn:${action}.${role === "request" ? "req" : "conf"}`,
  }));
  return createValidator("ocpp2.1", schemas);
}

/** The words of what ocpp-rpc complains of. */
function describe(what: unknown): string {
  const { error } = what as { error?: Error };
  return error?.message ?? JSON.stringify(what);
}

/** A station made of ocpp-rpc's client: connected, in strict mode. Close it. */
export async function rpcStation(url: string, identity: string, protocol: string) {
  const options = {
    endpoint: url,
    identity,
    protocols: [protocol],
    strictMode: true,
    strictModeValidators: [await validator21()],
    reconnect: false,
    pingIntervalMs: 0,
  };
  // Its types want every option, its documentation does not.
  const client = new RPCClient(options as unknown as ConstructorParameters<typeof RPCClient>[0]);
  await client.connect();
  return client;
}
