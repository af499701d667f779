const PLACE = "{stationId}";

/**
 * The URL that a station dials: the percent-encoded id after the last path segment and before the
 * query, unless that segment is the id already; or wherever `{stationId}` stands (1.6-J §3.1.1,
 * 2.x part 4 §3.1.1).
 *
 * @throws TypeError when `base` is no `ws:` or `wss:` URL, carries user info or a fragment, or the id
 * cannot be a path segment
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(stationUrl("ws://csms/ocpp?x=1", "RDAM 123"), "ws://csms/ocpp/RDAM%20123?x=1");
 * assert.equal(stationUrl("ws://csms/ocpp/CP1", "CP1"), "ws://csms/ocpp/CP1");
 * assert.equal(stationUrl("ws://csms/{stationId}/v16", "CP1"), "ws://csms/CP1/v16");
 * ```
 */
export function stationUrl(base: string, stationId: string): string {
  if (stationId === "" || stationId === "." || stationId === "..") {
    throw new TypeError(`Cannot put station id "${stationId}" into a URL: it is no path segment`);
  }
  const segment = encodeURIComponent(stationId.toWellFormed());
  const placed = base.includes(PLACE);
  const url = parse(placed ? base.replaceAll(PLACE, segment) : base);
  if (placed || lastSegment(url) === stationId) return url.href;
  url.pathname = url.pathname.endsWith("/") ? url.pathname + segment : `${url.pathname}/${segment}`;
  return url.href;
}

function parse(text: string): URL {
  // A password in it must not end up in a log line.
  const cannotUse = `Cannot use "${
    text.replace(/^(\w+:\/\/)?.*@/, "$1***@")
  }" as the URL of a CSMS`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError(`${cannotUse}: it is no URL`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new TypeError("Cannot use a URL with user info: give the credentials as auth");
  }
  if (url.protocol !== "ws:" && url.protocol !== "wss:") {
    throw new TypeError(`${cannotUse}: it must start ws:// or wss://`);
  }
  if (url.hash !== "") {
    throw new TypeError(`${cannotUse}: a fragment is not allowed`);
  }
  return url;
}

function lastSegment(url: URL): string | undefined {
  const last = url.pathname.split("/").at(-1);
  try {
    return last === undefined ? undefined : decodeURIComponent(last);
  } catch {
    return undefined;
  }
}
