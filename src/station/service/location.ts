/** Where a file is fetched from or brought to. */
export interface Location {
  /** Without user and password. */
  readonly url: string;
  /** What may be logged: neither the user nor the query, which may hold a signature. */
  readonly shown: string;
  /** What goes into the Authorization header (Basic, UTF-8); `null`: the location names no user. */
  readonly authorization: string | null;
}

/**
 * Reads the location that a CSMS gave, or says why nothing can be done with it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(readLocation("http://me:s%20t@example.org/fw.bin?sig=1"), {
 *   url: "http://example.org/fw.bin?sig=1",
 *   shown: "http://example.org/fw.bin",
 *   authorization: "Basic bWU6cyB0",
 * });
 * assert("reason" in readLocation("ftp://example.org/fw.bin"));
 * ```
 */
export function readLocation(text: string): Location | { reason: string } {
  const url = URL.parse(text);
  if (url === null) return { reason: "The location is not a URL" };
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { reason: `The station speaks HTTP and HTTPS only, the location is "${url.protocol}"` };
  }
  const [user, password] = [decode(url.username), decode(url.password)];
  const credentials = new TextEncoder().encode(`${user}:${password}`).toBase64();
  url.username = url.password = "";
  url.hash = "";
  return {
    url: url.href,
    shown: url.origin + url.pathname,
    authorization: user === "" && password === "" ? null : `Basic ${credentials}`,
  };
}

/**
 * The location of a file in a folder: a path that ends in `/` gets the name, any other is the file.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const [folder, file] = ["http://example.org/logs/?a=1", "http://example.org/logs/x"].map(readLocation);
 * assert("url" in folder! && "url" in file!);
 * assert.equal(inFolder(folder, "CP 1.log").url, "http://example.org/logs/CP%201.log?a=1");
 * assert.equal(inFolder(file, "CP 1.log").url, "http://example.org/logs/x");
 * ```
 */
export function inFolder(location: Location, fileName: string): Location {
  const url = new URL(location.url);
  if (!url.pathname.endsWith("/")) return location;
  url.pathname += encodeURIComponent(fileName);
  return { ...location, url: url.href, shown: url.origin + url.pathname };
}

/** A `%` that begins no escape stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
