/**
 * The floor: native sockets that carry the frames of a 1.6 station as texts, without OCPP behind them:
 * nothing is parsed, checked, logged or kept. The pings are those of the runtime's own idle timeout.
 *
 * Arguments: URL, connections, `frames` or `silent` (connects only).
 */
import { symbolOf } from "../../../src/connection/runtime_core.ts";

/** As `csms.max_concurrent_dials` has it. */
const DIALS = 100;
const PING_MS = 30_000;
const HEARTBEAT_MS = 60_000;

const STATUS = '"status":"Available","errorCode":"NoError","timestamp":"2026-01-01T00:00:00.000Z"';

/** What a station says after it has connected, one after the other, each answered. */
const GREETINGS = [
  '"BootNotification",{"chargePointVendor":"ocpp-emu","chargePointModel":"Emulator"}]',
  `"StatusNotification",{"connectorId":0,${STATUS}}]`,
  `"StatusNotification",{"connectorId":1,${STATUS}}]`,
];

const [url = "", connections = "1", mode = "frames"] = Deno.args;
let messages = 0;

function call(socket: WebSocket, rest: string): void {
  socket.send(`[2,"mwsq9r1r-16uhsd5p-${messages++}",${rest}`);
}

/** The runtime pings after half of the idle timeout, and ends the connection after the other half. */
function pingEvery(socket: WebSocket, ms: number): void {
  const inside = socket as unknown as Record<symbol, unknown>;
  inside[symbolOf(socket, "[[idleTimeout]]")!] = 2 * ms / 1_000;
  (inside[symbolOf(WebSocket.prototype, "[[serverHandleIdleTimeout]]")!] as () => void)
    .call(socket);
}

/** Resolves when it is open; what it carries goes on. */
function connect(number: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = new WebSocket(`${url}/B${number}`, "ocpp1.6");
  let said = 0;
  function greet(): void {
    if (said < GREETINGS.length) return call(socket, GREETINGS[said++]!);
    if (said++ > GREETINGS.length) return;
    setInterval(() => call(socket, '"Heartbeat",{}]'), HEARTBEAT_MS);
  }
  socket.onopen = () => {
    pingEvery(socket, PING_MS);
    if (mode === "frames") greet();
    resolve();
  };
  socket.onmessage = ({ data }) => {
    if (data[1] === "3") return greet();
    const end = data.indexOf('"', 4);
    socket.send(`[3,"${data.slice(4, end)}",{"status":"UnknownVendorId"}]`);
  };
  return promise;
}

let next = 0;
async function dial(): Promise<void> {
  while (next < Number(connections)) await connect(next++);
}
await Promise.all(Array.from({ length: DIALS }, dial));
