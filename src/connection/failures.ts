import type { AnswerHead } from "./ask_unverified.ts";
import type { DialFailure } from "./cause.ts";

type Kind = DialFailure["kind"];

/** There is no file descriptor for another socket. */
export const NO_FILES = {
  kind: "no-file-descriptors",
  message: "this process may open no more files: raise the limit (ulimit -n)",
} as const satisfies DialFailure;

/** What the runtime says of a dial that failed, and what that means for its user. First match wins. */
const SPOKEN = [
  [/tcp open error|Too many open files/, NO_FILES.kind, NO_FILES.message],
  [/dns error|failed to lookup/, "dns", "$host has no address: is the name right?"],
  [/Connection refused|ECONNREFUSED/, "refused", "nothing listens at $host: is the CSMS running?"],
  [/timed out|deadline has elapsed/, "timeout", "$host did not answer"],
  [
    /No route to host|[Uu]nreachable|tcp connect error/,
    "unreachable",
    "$host cannot be reached: $said",
  ],
  [
    /UnknownIssuer/,
    "certificate",
    "the certificate of $host was signed by an unknown CA: give its CA as tls.ca_cert",
  ],
  [/certificate expired/, "certificate", "the certificate of $host has expired: $said"],
  [/not valid yet/, "certificate", "the certificate of $host is not valid yet: $said"],
  [/not valid for name/, "certificate", "the certificate of $host is for another name: $said"],
  [
    /CaUsedAsEndEntity/,
    "certificate",
    "the certificate of $host is that of a CA: the CSMS needs one with CA:FALSE",
  ],
  [/invalid peer certificate/, "certificate", "the certificate of $host is not accepted: $said"],
  [
    /CertificateRequired/,
    "client-certificate",
    "$host wants a client certificate: give tls.client_cert and tls.client_key",
  ],
  [
    /fatal alert: (\w*Certificate\w*|UnknownCA|AccessDenied|HandshakeFailure)/,
    "client-certificate",
    "$host ended the TLS handshake, as for a missing or unwelcome client certificate: $said",
  ],
  [/InvalidContentType|WRONG_VERSION/, "tls", "$host does not speak TLS: should it be ws://?"],
  [
    /fatal alert|HandshakeFailure|[Pp]eer (is )?incompatible|tls/,
    "tls",
    "the TLS handshake with $host failed: $said",
  ],
  [
    /connection closed before message completed|Unexpected EOF|connection error|reset|hang up/,
    "handshake",
    "$host ended the connection before it answered$hint",
  ],
  [
    /invalid HTTP version|invalid HTTP|parse|too large|Invalid upgrade header/,
    "handshake",
    "$host does not answer like a WebSocket server: $said$hint",
  ],
] as const satisfies readonly (readonly [RegExp, Kind, string])[];

/** What a status means to somebody who configures a station. */
const STATUSES: Readonly<Record<number, string>> = {
  400: "does not accept the handshake",
  401: "refuses the credentials: check auth",
  403: "forbids this station to connect",
  404: "does not know this station or path",
  426: "wants another protocol",
  429: "is asked too often",
  503: "is not available",
};

/** Over wss this stands for every failure of the handshake, whatever it was. */
const MASK = /HTTP\/2 not supported|h2 alpn|NoApplicationProtocol/;

/** What the runtime's words mean, or `null` when they tell nothing. */
export function spokenFailure(said: string, url: string): DialFailure | null {
  const { host } = new URL(url);
  const status = /Invalid status code: (\d+)/.exec(said)?.[1];
  if (status !== undefined) return statusFailure(Number(status), host);
  if (MASK.test(said)) return null;
  for (const [pattern, kind, sentence] of SPOKEN) {
    if (!pattern.test(said)) continue;
    const hint = url.startsWith("ws:") ? ": should it be wss://?" : "";
    const message = sentence.replace("$host", host).replace("$hint", hint);
    return { kind, message: message.replace("$said", () => core(said)) };
  }
  return null;
}

/** What is left to say when neither the runtime's words nor a question told anything. */
export function unexplained(said: string, url: string): DialFailure {
  const why = MASK.test(said) ? "the server did not say why" : core(said);
  const message = `the WebSocket handshake with ${new URL(url).host} failed: ${why}`;
  return { kind: "handshake", message };
}

/** What an HTTP answer to the upgrade means. 101: it would have worked now. */
export function httpFailure(response: AnswerHead, url: string, now: number): DialFailure {
  const { host } = new URL(url);
  if (response.status === 101) {
    const message = `the handshake with ${host} failed, but it answers now`;
    return { kind: "handshake", message, recovered: true };
  }
  const retryAfterMs = retryAfter(response.headers.get("retry-after"), now);
  const failure = statusFailure(response.status, host, response.headers.get("location"));
  if (retryAfterMs === null) return failure;
  const message = `${failure.message}; it asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
  return { ...failure, message, retryAfterMs };
}

function statusFailure(status: number, host: string, location?: string | null): DialFailure {
  const meaning = STATUSES[status] ??
    (status >= 300 && status < 400
      ? `redirects${location ? ` to ${location}` : ""}, which a WebSocket does not follow`
      : status >= 500
      ? "has an internal problem"
      : "answers, but not as a WebSocket server does");
  return { kind: "http", status, message: `${host} ${meaning} (HTTP ${status})` };
}

/** Seconds or a date (RFC 9110 §10.2.3), as milliseconds from `now`. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : NaN;
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** The end of a chain of causes is the part that says something. */
function core(said: string): string {
  return said.split(/client error \(Connect\): |failed to connect to WebSocket: /).at(-1) ?? said;
}
