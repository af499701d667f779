import { SUBPROTOCOLS, type VersionId, versionOfSubprotocol } from "../ocpp/mod.ts";
import { isAuthorized, type Users } from "./basic_auth.ts";
import type { Behaviour } from "./behaviour.ts";

/** What is to become of a request: an HTTP answer, or a WebSocket. */
export type Admission =
  | {
    readonly type: "refuse";
    readonly status: number;
    readonly message: string;
    readonly headers?: Readonly<Record<string, string>>;
  }
  | {
    readonly type: "accept";
    readonly stationId: string;
    /** What goes into the header; `null`: none. */
    readonly subprotocol: string | null;
    /** What the station offered first of what we speak; `null`: nothing of it. */
    readonly version: VersionId | null;
  };

/** Decides about a request. The URL says who the station is, never which version it speaks. */
export function admit(
  request: Request,
  behaviour: Pick<Behaviour, "refuse" | "subprotocol">,
  users: Users | null,
): Admission {
  if (behaviour.refuse !== null) {
    const { status, retryAfter } = behaviour.refuse;
    const headers = retryAfter === undefined ? undefined : { "Retry-After": String(retryAfter) };
    return { type: "refuse", status, message: "The CSMS was told to refuse stations", headers };
  }
  if (request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
    const message = "Here is an OCPP endpoint: open a WebSocket to /<station id>";
    return { type: "refuse", status: 426, message, headers: { "Upgrade": "websocket" } };
  }
  const stationId = stationIdOf(request.url);
  if (stationId === null || stationId === "" || users?.has(stationId) === false) {
    const message = "Cannot tell which station this is: the last segment of the path names none";
    return { type: "refuse", status: 404, message };
  }
  if (users !== null && !isAuthorized(users, stationId, request.headers.get("Authorization"))) {
    const headers = { "WWW-Authenticate": 'Basic realm="OCPP", charset="UTF-8"' };
    return { type: "refuse", status: 401, message: "User name or password is wrong", headers };
  }
  const offered = request.headers.get("Sec-WebSocket-Protocol") ?? "";
  const version = firstKnown(offered);
  if (behaviour.subprotocol === "choose") {
    const subprotocol = version === null ? null : SUBPROTOCOLS[version];
    return { type: "accept", stationId, subprotocol, version };
  }
  const subprotocol = behaviour.subprotocol === "none" ? null : behaviour.subprotocol.bogus;
  return { type: "accept", stationId, subprotocol, version };
}

/** The last segment of the path, decoded; `null` when it cannot be. */
function stationIdOf(url: string): string | null {
  const { pathname } = new URL(url);
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1));
  } catch {
    return null;
  }
}

/** The station lists its versions in its order of preference (2.0.1 part 4 §3.1.2). */
function firstKnown(offered: string): VersionId | null {
  for (const name of offered.split(",")) {
    const version = versionOfSubprotocol(name.trim());
    if (version !== undefined) return version;
  }
  return null;
}
