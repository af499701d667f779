/**
 * The CSMS of the load benchmark, in a process of its own: answers every CALL as cheaply as it can be
 * done, so that it is not what is measured. It prints its port; what it saw and what it should do is
 * asked over HTTP on the same port.
 *
 * Arguments: port (0: any), heartbeat interval in seconds.
 */
import { print } from "../print.ts";
import type { Census } from "./csms.ts";

const [port = "0", heartbeat = "60"] = Deno.args;
const NOW = new Date().toISOString();

/** What the CSMS says to an action of a station; to all others `{}`. */
const ANSWERS: Readonly<Record<string, string>> = {
  BootNotification: `{"status":"Accepted","currentTime":"${NOW}","interval":${heartbeat}}`,
  Heartbeat: `{"currentTime":"${NOW}"}`,
};

/** What a station is flooded with: about 200 bytes. It answers that it does not know the vendor. */
const CALL = `"DataTransfer",${JSON.stringify({ vendorId: "bench", data: "x".repeat(145) })}]`;

const sockets = new Map<string, WebSocket>();
const calls: Record<string, { count: number; lastAt: number }> = {};
let handshakes = 0, mostHandshakes = 0, opened = 0, duplicates = 0;
let firstAt = 0, lastOpenAt = 0;
let isFlooding = false, asked = 0, answered = 0;

function welcome(request: Request, stationId: string): Response {
  firstAt ||= performance.now();
  mostHandshakes = Math.max(mostHandshakes, ++handshakes);
  const protocol = request.headers.get("sec-websocket-protocol")?.split(",")[0]?.trim() ?? "";
  const { socket, response } = Deno.upgradeWebSocket(request, { protocol, idleTimeout: 0 });
  let isPending = true;
  const settle = () => {
    if (isPending) handshakes--;
    isPending = false;
  };
  socket.onopen = () => {
    settle();
    opened++;
    lastOpenAt = performance.now();
    if (sockets.has(stationId)) duplicates++;
    sockets.set(stationId, socket);
  };
  socket.onmessage = ({ data }) => received(socket, data);
  socket.onerror = settle;
  socket.onclose = () => {
    settle();
    if (sockets.get(stationId) === socket) sockets.delete(stationId);
  };
  return response;
}

function received(socket: WebSocket, text: string): void {
  // Everything but a CALL, [2,"id","Action",…], is an answer.
  if (text[1] !== "2") {
    answered++;
    return ask(socket);
  }
  const idAt = text.indexOf('"') + 1;
  const idEnd = text.indexOf('"', idAt);
  const actionAt = text.indexOf('"', idEnd + 1) + 1;
  const action = text.slice(actionAt, text.indexOf('"', actionAt));
  const tally = calls[action] ??= { count: 0, lastAt: 0 };
  tally.count++;
  tally.lastAt = performance.now();
  socket.send(`[3,"${text.slice(idAt, idEnd)}",${ANSWERS[action] ?? "{}"}]`);
}

/** One CALL: its answer brings the next. */
function ask(socket: WebSocket): void {
  const isOpen = socket.readyState === WebSocket.OPEN;
  if (isFlooding && isOpen) socket.send(`[2,"${asked++}",${CALL}`);
}

function census(): Census {
  const connected = sockets.size;
  return { connected, opened, duplicates, mostHandshakes, firstAt, lastOpenAt, calls, answered };
}

/** The oldest connections end as they do when a load balancer restarts. */
function closeOldest(count: number): void {
  for (const socket of sockets.values().take(count)) {
    if (socket.readyState === WebSocket.OPEN) socket.close(1012);
  }
}

function ordered(url: URL): Response {
  switch (url.pathname) {
    case "/control/census":
      return Response.json(census());
    case "/control/flood":
      isFlooding = true;
      for (const socket of sockets.values()) ask(socket);
      return new Response();
    case "/control/close":
      closeOldest(Number(url.searchParams.get("count")));
      return new Response();
    default:
      return new Response(null, { status: 404 });
  }
}

const server = Deno.serve(
  { hostname: "127.0.0.1", port: Number(port), onListen() {} },
  (request) => {
    const url = new URL(request.url);
    if (request.headers.get("upgrade") === null) return ordered(url);
    return welcome(request, url.pathname);
  },
);
print(String(server.addr.port));
