import assert from "node:assert/strict";
import { stationUrl } from "../../src/connection/station_url.ts";

const PLACED = [
  ["the id goes after the last segment", "ws://csms/ocpp", "CP1", "ws://csms/ocpp/CP1"],
  ["a URL without a path gets the id as its path", "ws://csms:9000", "CP1", "ws://csms:9000/CP1"],
  ["a trailing slash is not doubled", "ws://csms/ocpp/", "CP1", "ws://csms/ocpp/CP1"],
  ["a space is percent-encoded", "ws://csms/ocpp", "RDAM 123", "ws://csms/ocpp/RDAM%20123"],
  ["a bar is percent-encoded", "ws://csms/ocpp", "RDAM|123", "ws://csms/ocpp/RDAM%7C123"],
  [
    "letters beyond ASCII are percent-encoded as UTF-8",
    "ws://csms/ocpp",
    "RDAM 123|\u00df",
    "ws://csms/ocpp/RDAM%20123%7C%C3%9F",
  ],
  ["half a character does not throw", "ws://csms", "\ud800", "ws://csms/%EF%BF%BD"],
  ["a slash in the id does not become a path", "ws://csms", "a/b", "ws://csms/a%2Fb"],
  ["a percent sign in the id is encoded again", "ws://csms", "a%20b", "ws://csms/a%2520b"],
  ["signs of a query stay in the id", "ws://csms", "a?b#c", "ws://csms/a%3Fb%23c"],
  ["a dollar sign is no pattern", "ws://csms/{stationId}", "$&$1", "ws://csms/%24%26%241"],
  ["the query stays behind the id", "wss://csms/o?t=1&u=2", "CP1", "wss://csms/o/CP1?t=1&u=2"],
  ["an id that is there already is not doubled", "ws://csms/ocpp/CP1", "CP1", "ws://csms/ocpp/CP1"],
  [
    "an id that is there already is known by its meaning, not its spelling",
    "ws://csms/ocpp/RDAM%20123?x=1",
    "RDAM 123",
    "ws://csms/ocpp/RDAM%20123?x=1",
  ],
  ["only the last segment counts as there", "ws://csms/CP1/ocpp", "CP1", "ws://csms/CP1/ocpp/CP1"],
  ["an id that only ends alike is appended", "ws://csms/xCP1", "CP1", "ws://csms/xCP1/CP1"],
  ["the place can be named in the path", "ws://csms/{stationId}/16", "A B", "ws://csms/A%20B/16"],
  [
    "the place can be named in the query",
    "ws://csms/o?id={stationId}",
    "C 1",
    "ws://csms/o?id=C%201",
  ],
  ["a segment that cannot be decoded is no id", "ws://csms/%E0%A4", "CP1", "ws://csms/%E0%A4/CP1"],
] as const;

for (const [what, base, id, expected] of PLACED) {
  Deno.test(`station URL: ${what}`, () => assert.equal(stationUrl(base, id), expected));
}

const REFUSED = [
  ["no URL", "csms", "CP1", /Cannot use "csms" as the URL of a CSMS: it is no URL$/],
  ["another scheme", "http://csms", "CP1", /"http:\/\/csms".*must start ws:\/\/ or wss:\/\/$/],
  ["a fragment", "ws://csms/#x", "CP1", /a fragment is not allowed$/],
  ["a user", "ws://joe@csms", "CP1", /user info: give the credentials as auth$/],
  ["an empty id", "ws://csms", "", /Cannot put station id "" into a URL/],
  ["an id that is a dot", "ws://csms", ".", /id "\."/],
  ["an id that climbs up", "ws://csms", "..", /id "\.\."/],
] as const;

for (const [what, base, id, message] of REFUSED) {
  Deno.test(`station URL: ${what} is refused`, () => {
    assert.throws(() => stationUrl(base, id), { name: "TypeError", message });
  });
}

for (const url of ["ws://joe:hunter2@csms", "ws://joe:hunter2@csms:port", "joe:hunter2@csms"]) {
  Deno.test(`station URL: the password in ${url.replace("hunter2", "***")} is not repeated`, () => {
    assert.throws(
      () => stationUrl(url, "CP1"),
      (error: Error) => !error.message.includes("hunter2"),
    );
  });
}
