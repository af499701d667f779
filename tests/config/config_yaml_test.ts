import assert from "node:assert/strict";
import { parse } from "@std/yaml";
import * as z from "zod";
import { configSchema } from "../../src/config/config_schema.ts";
import { innermost, isMapping, snakeKeys } from "../../src/config/keys.ts";
import { stationSchema } from "../../src/config/mod.ts";
import { load } from "./helpers.ts";

const TEXT = Deno.readTextFileSync(new URL("../../config.yaml", import.meta.url));

/** Examples stand in comments, three spaces in. */
const EXAMPLES = TEXT.split("\n").filter((line) => line.startsWith("#   "))
  .map((line) => line.slice(4)).join("\n");

/** Keys that the shipped file says nothing about: they belong to other types of authentication. */
const NOT_SET = [
  "csms.auth.username",
  "csms.auth.password",
  "csms.auth.authorization_key",
  "csms.auth.token",
];

function keysOf(schema: z.ZodType, above = ""): string[] {
  const inner = innermost(schema);
  if (inner instanceof z.ZodArray) return keysOf(inner.element as z.ZodType, above);
  if (!(inner instanceof z.ZodObject)) return [above];
  return [...snakeKeys(inner)].flatMap(([name, { schema: below }]) =>
    keysOf(below, above === "" ? name : `${above}.${name}`)
  );
}

function keysIn(value: unknown, above = ""): string[] {
  if (Array.isArray(value) && value.some(isMapping)) {
    return value.flatMap((item) => keysIn(item, above));
  }
  if (!isMapping(value)) return [above];
  return Object.entries(value).flatMap(([name, below]) =>
    keysIn(below, above === "" ? name : `${above}.${name}`)
  );
}

Deno.test("the shipped config.yaml loads without warnings and is the defaults, key by key", () => {
  const config = load(TEXT);
  assert.deepEqual(config.warnings, []);
  assert.deepEqual({ ...config, file: null }, load(null));
});

Deno.test("the shipped config.yaml lists every key", () => {
  const written = new Set(keysIn(parse(TEXT)));
  const known = keysOf(configSchema).filter((key) => !/^(fleets|stations)\./.test(key));
  assert(known.length > 30);
  const missing = known.filter((key) => !written.has(key) && !NOT_SET.includes(key));
  assert.deepEqual(missing, []);
});

Deno.test("the examples in its comments show every key of a station and load without warnings", () => {
  const examples = parse(EXAMPLES) as { stations: unknown; fleets: unknown };
  const shown = new Set(keysIn(examples.stations));
  assert.deepEqual(
    keysOf(stationSchema).filter((key) => !shown.has(key) && !shown.has(`${key}.file`)),
    [],
  );
  const { stations, warnings } = load(EXAMPLES, {
    environment: { CP001_PASSWORD: "0123456789abcdef0123", CP003_TOKEN: "t" },
    files: {
      "/etc/emu/ca.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      "/etc/emu/secrets/al1000.hex": "0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF\n",
    },
  });
  assert.deepEqual(warnings, []);
  assert.equal(stations.length, 1003);
});
