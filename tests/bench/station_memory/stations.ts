/**
 * So many stations of one version in this process, booted and beating, against a CSMS elsewhere:
 * `stations.ts VERSION URL COUNT`. Prints the resident bytes.
 */
import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createApp } from "../../../src/app.ts";
import { SystemClock, systemRandom } from "../../../src/clock/mod.ts";
import { loadConfig } from "../../../src/config/mod.ts";
import { createDenoDial } from "../../../src/connection/mod.ts";
import { memorySink } from "../../../src/log/mod.ts";
import { openStore } from "../../../src/store/mod.ts";
import { print } from "../print.ts";

const [version, url, count] = Deno.args;
assert(version !== undefined && url !== undefined && count !== undefined);
const clock = new SystemClock();
setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const id = `CP{${"1".padStart(count.length, "0")}..${count}}`;
const app = await createApp(
  loadConfig({
    file: null,
    environment: {
      OCPP_EMU_CSMS: JSON.stringify({ default_url: url, max_reconnect_attempts: 0 }),
      OCPP_EMU_LOGGING: JSON.stringify({ level: "error" }),
      OCPP_EMU_FLEETS: JSON.stringify([{ id, protocol_version: version }]),
    },
    flags: {},
    readFile: () => assert.fail("no file is read"),
    workingFolder: "/nowhere",
  }),
  {
    version: "0",
    clock,
    random: systemRandom,
    openSink: () => Promise.resolve(memorySink()),
    openDial: createDenoDial,
    openStore: (options) => openStore({ ...options, path: ":memory:" }),
    memory: Deno.memoryUsage,
    listen: () => Promise.resolve({ port: 0, stop: () => Promise.resolve() }),
  },
);
await app.start();
const areAccepted = () => app.fleet.census().registrations.accepted === Number(count);
while (!areAccepted()) await clock.sleep(50);
// What the boots left behind goes in several rounds.
for (let round = 0; round < 10; round++) {
  await clock.sleep(300);
  collectGarbage();
}
print(String(Deno.memoryUsage().rss));
Deno.exit(0);
