import type { Context, MiddlewareHandler } from "hono";
import { isLoopback } from "./loopback.ts";
import type { AccessOptions } from "./ports.ts";
import { Problem } from "./problem.ts";

/** Open to everybody who may talk to us at all, also when a token is set. */
const OPEN = /^\/(health|ready)$/;
/** What may be read without a token although the whole network can reach us. */
const READABLE = /^\/(health|ready|metrics|api\/connections(\/.*)?)$/;

/**
 * Who may do what. A page of another origin never gets in. On a loopback address without a token
 * everything else is allowed, on any other address only reading a few paths; with a token all but
 * `/health` and `/ready` needs it.
 */
export function accessRules({ bindHost, apiToken }: AccessOptions): MiddlewareHandler {
  const local = isLoopback(bindHost);
  return async (c, next) => {
    const host = c.req.header("host") ?? URL.parse(c.req.url)?.host ?? "";
    if (local) refuseForeignName(host);
    refuseForeignPage(c, host);
    if (apiToken !== null) {
      if (!OPEN.test(c.req.path)) await refuseWithoutToken(c, apiToken.reveal());
    } else if (!local) {
      refuseUnlessReading(c, bindHost);
    }
    await next();
  };
}

/** DNS rebinding: a page makes its own name point at us, and the browser takes us for its origin. */
function refuseForeignName(host: string): void {
  if (isLoopback(host.replace(/:\d*$/, ""))) return;
  throw new Problem(
    421,
    `The server is bound to loopback and does not answer for host "${host}": ` +
      "call it localhost or 127.0.0.1, or set server.host to the address it should have",
  );
}

function refuseForeignPage(c: Context, host: string): void {
  const origin = c.req.header("origin");
  if (origin !== undefined && !isSameOrigin(origin, host)) {
    throw new Problem(
      403,
      `A page of another origin may not call this API: Origin is "${origin}", Host is "${host}"`,
    );
  }
  // Browsers leave Origin out of many GETs and say it here; programs that are no browser say nothing.
  const site = c.req.header("sec-fetch-site");
  if (site === "cross-site" || site === "same-site") {
    throw new Problem(
      403,
      `A page of another origin may not call this API: Sec-Fetch-Site is "${site}"`,
    );
  }
}

/** The scheme may differ: a proxy in front of us may speak TLS. */
function isSameOrigin(origin: string, host: string): boolean {
  const page = URL.parse(origin);
  if (page === null || !/^https?:$/.test(page.protocol)) return false;
  return URL.parse(`${page.protocol}//${host}`)?.host === page.host;
}

async function refuseWithoutToken(c: Context, token: string): Promise<void> {
  const header = c.req.header("authorization");
  if (header === undefined) {
    throw unauthorized("This path needs the header Authorization: Bearer with the API token");
  }
  const [, scheme = "", given = ""] = /^(\S*)\s*(.*)$/.exec(header) ?? [];
  if (scheme.toLowerCase() !== "bearer") {
    // Not echoed: who forgets the scheme has sent the token in its place.
    throw unauthorized("The Authorization scheme must be Bearer");
  }
  if (!await isSameText(given, token)) {
    throw unauthorized("The API token is wrong", ', error="invalid_token"');
  }
}

function unauthorized(detail: string, error = ""): Problem {
  return new Problem(401, detail, {
    headers: { "www-authenticate": `Bearer realm="ocpp-emu"${error}` },
  });
}

/** Compares digests, so that the time it takes tells nothing about the text. */
async function isSameText(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([sha256(a), sha256(b)]);
  return left.reduce((difference, byte, at) => difference | (byte ^ right[at]!), 0) === 0;
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

function refuseUnlessReading(c: Context, bindHost: string): void {
  const reading = c.req.method === "GET" || c.req.method === "HEAD";
  if (reading && READABLE.test(c.req.path)) return;
  throw new Problem(
    403,
    `The server is bound to "${bindHost}" without a token, so only /health, /ready, /metrics and ` +
      "/api/connections can be read: set server.api_token or OCPP_EMU_SERVER__API_TOKEN to allow more",
  );
}
