import assert from "node:assert/strict";
import { dateTime, uri } from "../../src/ocpp/shapes.ts";
import { loadVersion } from "../../src/ocpp/versions.ts";
import { officialSchemas } from "../../tools/schemas/official.ts";
import { officialValidators } from "./schema_ajv.ts";

const takesDateTime = (text: string) => dateTime().validate(text);
const takesUri = (text: string) => uri().validate(text);

Deno.test("a date-time has a zone, any number of decimals, and small letters if it likes", () => {
  for (
    const text of [
      "2026-01-31T12:00:00Z",
      "2026-01-31t12:00:00z",
      "2026-01-31T12:00:00.1Z",
      "2026-01-31T12:00:00.1234567+05:30",
      "2026-01-31T12:00:00-00:00",
      "0000-02-29T00:00:00Z",
      "2400-02-29T00:00:00Z",
      "1990-12-31T15:59:60-08:00",
    ]
  ) assert(takesDateTime(text), text);
});

Deno.test("a date-time names a day that there is", () => {
  for (let month = 1; month <= 12; month++) {
    for (const year of [1900, 2000, 2023, 2024]) {
      const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
      for (const day of [0, 1, 28, 29, 30, 31, 32]) {
        const [mm, dd] = [month, day].map((part) => String(part).padStart(2, "0"));
        const text = `${year}-${mm}-${dd}T00:00:00Z`;
        assert.equal(takesDateTime(text), day >= 1 && day <= days, text);
      }
    }
  }
});

Deno.test("a URI has a scheme and only the characters of RFC 3986", () => {
  for (
    const text of [
      "ftp://user:p%40ss@files.example.com:2121/dir/;type=i",
      "https://example.com",
      "http://[2001:db8::1]/x?a=b&c#d",
      "file:///tmp/x",
      "urn:x:y",
      "mailto:a@example.com",
    ]
  ) assert(takesUri(text), text);
  for (
    const text of ["", "x", "/x", "//x/y", "http://a b", "http://a/%4", "http://é.example/", "1:x"]
  ) {
    assert(!takesUri(text), text);
  }
});

Deno.test("no text makes a format slow", () => {
  const hostile = [
    `a:${"/".repeat(1e5)} `,
    `a://${"a".repeat(1e5)}@ `,
    `http://${"%41".repeat(5e4)}%`,
  ];
  for (const text of hostile) assert(!takesUri(text));
  assert(!takesDateTime(`2026-01-31T12:00:00.${"1".repeat(1e6)}`));
});

// Where the other validator and we say different things of one value, and why we are right.
const DIFFERENCES: readonly [
  location: string,
  retrieveDate: string,
  retries: number,
  why: string,
][] = [
  [
    "a:b",
    "2026-01-31T12:00:00",
    1,
    "RFC 3339 demands a zone; `Date` would take this as local time",
  ],
  ["a:b", "2026-01-31 12:00:00Z", 1, "RFC 3339 demands a T"],
  ["a:b", "2026-01-31T12:00:00+0100", 1, "RFC 3339 writes a zone as +01:00"],
  ["a:b", "2026-01-31T12:00:00+01", 1, "RFC 3339 writes a zone as +01:00"],
  ["a:b", "2026-01-31T12:00:00+25:00", 1, "RFC 3339: an hour is at most 23"],
  [
    "http://[1]/",
    "2026-01-31T12:00:00Z",
    1,
    "we do not parse addresses; ours is the one that takes it",
  ],
  ["a:", "2026-01-31T12:00:00Z", 1, "RFC 3986: a path may be empty; ours takes it"],
  ["a:b", "1990-12-31T15:59:60-08:00", 1, "RFC 3339 §5.8 has this leap second; ours takes it"],
  [
    "a:b",
    "2026-01-31T12:00:00Z",
    2 ** 53,
    "a number cannot hold it exactly, the answer would differ",
  ],
];

Deno.test("what we and the other validator see differently is this, and nothing else is known", async () => {
  const { actions } = await loadVersion("1.6");
  const ours = actions.get("UpdateFirmware")!.request;
  const theirs = officialValidators(await officialSchemas("1.6"))("UpdateFirmware", "request");
  for (const [location, retrieveDate, retries, why] of DIFFERENCES) {
    const payload = { location, retrieveDate, retries };
    assert.notEqual(
      ours(payload).length === 0,
      theirs(payload),
      `${JSON.stringify(payload)}: ${why}`,
    );
    assert.equal(theirs(payload), !why.endsWith("takes it"), why);
  }
});

Deno.test("0.3 is a multiple of 0.1, and so is every other limit with one decimal", async () => {
  const { actions } = await loadVersion("1.6");
  const check = actions.get("GetCompositeSchedule")!.response;
  for (let tenths = -1_000; tenths < 100_000; tenths += 7) {
    const schedule = { chargingRateUnit: "W", chargingSchedulePeriod: [] };
    const payload = {
      status: "Accepted",
      chargingSchedule: { ...schedule, minChargingRate: tenths / 10 },
    };
    assert.deepEqual(check(payload), []);
  }
});
