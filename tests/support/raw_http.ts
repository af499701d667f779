import { createHash } from "node:crypto";

/** The head of an HTTP request. */
export interface SeenRequest {
  readonly method: string;
  /** As sent: percent-encoded, with the query. */
  readonly path: string;
  readonly headers: Headers;
}

/** The head, without its empty line, as a value. */
export function parseRequest(head: string): SeenRequest {
  const [first = "", ...lines] = head.split("\r\n");
  const [method = "", path = ""] = first.split(" ");
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { method, path, headers };
}

/** A 101. `null`: without a subprotocol. */
export function switchingProtocols(request: SeenRequest, subprotocol: string | null): string {
  const key = request.headers.get("sec-websocket-key") ?? "";
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept.digest("base64")}`,
  ];
  if (subprotocol !== null) lines.push(`Sec-WebSocket-Protocol: ${subprotocol}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** A whole HTTP answer that ends the connection. */
export function httpAnswer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = "",
): string {
  const length = new TextEncoder().encode(body).length;
  const all = { "Content-Length": length, "Connection": "close", ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} Test\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** Bytes as characters, one for one. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
