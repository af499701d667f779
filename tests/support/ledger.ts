/**
 * A CSMS that counts: it keeps a book of every transaction, takes a message that it has had for a resend
 * when id and text are the same, and says what does not add up.
 *
 * @module
 */
import type { Payload } from "../../src/ocpp/mod.ts";
import { type Book, Books } from "./books.ts";

/** What becomes of a message of a transaction. */
export type Fate = "answer" | "error" | "silence" | "cut" | "cut-after";

type Frame = [type: number, id: string, action: string, payload: Payload];

/** A message of a transaction, by station and id. */
interface Known {
  readonly text: string;
  /** `null`: it was not processed yet. */
  answer: string | null;
  /** How often it was not processed, so that the station counts an attempt. */
  failures: number;
}

/** So often a message may fail: one time less than stations are told to try it. */
export const MOST_FAILURES = 2;

/** One that listens. Dispose it. */
export class Ledger implements AsyncDisposable {
  readonly books = new Books();
  /** Asked for each message of a transaction that was not processed yet. */
  fate: (failures: number) => Fate = () => "answer";
  /** How many messages came again as they were. */
  resends = 0;
  /** How often it let one down, in each way. */
  readonly fates: Record<Fate, number> = {
    ...{ answer: 0, error: 0, silence: 0, cut: 0, "cut-after": 0 },
  };
  readonly #known = new Map<string, Known>();
  readonly #sockets = new Set<WebSocket>();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => this.#upgrade(request),
    );
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Cuts every connection without a word. */
  cut(): void {
    for (const socket of this.#sockets) socket.close(3000);
  }

  /** Cuts one of them. @param which from 0 to 1 */
  cutOne(which: number): void {
    [...this.#sockets][Math.floor(which * this.#sockets.size)]?.close(3000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await this.#server.shutdown();
  }

  #upgrade(request: Request): Response {
    const station = decodeURIComponent(new URL(request.url).pathname.slice(1));
    const [protocol = ""] = (request.headers.get("sec-websocket-protocol") ?? "").split(/,\s*/);
    const { socket, response } = Deno.upgradeWebSocket(request, { protocol, idleTimeout: 0 });
    this.#sockets.add(socket);
    socket.onclose = () => this.#sockets.delete(socket);
    socket.onerror = () => {};
    socket.onmessage = ({ data }) => this.#received(socket, station, protocol, data);
    return response;
  }

  #received(socket: WebSocket, station: string, protocol: string, text: string): void {
    const [type, id, action, payload] = JSON.parse(text) as Frame;
    const send = (answer: string) =>
      answer !== "" && socket.readyState === WebSocket.OPEN && socket.send(answer);
    // One CALL at a time: the answer to a setting makes room for the next.
    if (type === 3) return void send(nextSetting(protocol, id) ?? "");
    if (type !== 2) return;
    if (!BOOKED.has(action)) {
      send(JSON.stringify([3, id, ordinary(action, protocol)]));
      if (action === "BootNotification") send(nextSetting(protocol, null) ?? "");
      return;
    }
    const known = this.#meet(station, id, text);
    if (known.answer !== null) return void send(known.answer);
    const fate = this.fate(known.failures);
    this.fates[fate]++;
    if (fate === "error" || fate === "silence") known.failures++;
    if (fate === "silence") return;
    if (fate === "cut") return socket.close(3000);
    if (fate === "error") return void send(JSON.stringify([4, id, "InternalError", "", {}]));
    known.answer = JSON.stringify([3, id, this.books.enter(station, action, payload)]);
    if (fate === "cut-after") return socket.close(3000);
    send(known.answer);
  }

  /** What is known of a message; one that comes again must be the same (2.x part 4 §4.1.4). */
  #meet(station: string, id: string, text: string): Known {
    const key = `${station} ${id}`;
    const known = this.#known.get(key) ?? { text, answer: null, failures: 0 };
    if (this.#known.has(key)) this.resends++;
    if (known.text !== text) this.books.complain(station, `${id} came again and differs`);
    this.#known.set(key, known);
    return known;
  }

  /** The transactions that are not over. */
  get open(): readonly Book[] {
    return this.books.all.filter(({ ends }) => ends === 0);
  }
}

const BOOKED = new Set(["StartTransaction", "StopTransaction", "MeterValues", "TransactionEvent"]);

const ATTEMPTS = String(MOST_FAILURES + 1);

/** Tried often enough, at once; and the end of a 1.6 transaction is to repeat what was said in its course. */
const SETTINGS_16 = {
  TransactionMessageAttempts: ATTEMPTS,
  TransactionMessageRetryInterval: "0",
  StopTxnSampledData: "Energy.Active.Import.Register",
};

const SETTINGS_2 = { MessageAttempts: ATTEMPTS, MessageAttemptInterval: "0" };

/** The CALL that comes after the setting with this id, `null` being the boot. */
function nextSetting(protocol: string, id: string | null): string | null {
  const is16 = protocol === "ocpp1.6";
  const settings = Object.entries(is16 ? SETTINGS_16 : SETTINGS_2);
  const at = settings.findIndex(([name]) => name === id) + 1;
  const [name, value] = settings[at] ?? [];
  if (name === undefined || (id !== null && at === 0)) return null;
  const payload = is16 ? { key: name, value } : {
    setVariableData: [{
      component: { name: "OCPPCommCtrlr" },
      variable: { name, instance: "TransactionEvent" },
      attributeValue: value,
    }],
  };
  return JSON.stringify([2, name, is16 ? "ChangeConfiguration" : "SetVariables", payload]);
}

function ordinary(action: string, protocol: string): Payload {
  switch (action) {
    case "BootNotification":
      return { status: "Accepted", interval: 300, currentTime: new Date().toISOString() };
    case "Heartbeat":
      return { currentTime: new Date().toISOString() };
    case "Authorize":
      return { [protocol === "ocpp1.6" ? "idTagInfo" : "idTokenInfo"]: { status: "Accepted" } };
    default:
      return {};
  }
}
