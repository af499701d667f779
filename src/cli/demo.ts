import { type App, createApp } from "../app.ts";
import { type Config, loadConfig } from "../config/mod.ts";
import type { Csms } from "../csms/mod.ts";
import { hostAndPort } from "../http/mod.ts";
import { silentLog } from "../log/mod.ts";
import type { Arguments } from "./arguments.ts";
import type { CliWorld } from "./cli_world.ts";
import { CSMS_PORT } from "./csms.ts";
import { reportUncaught } from "./report_uncaught.ts";
import { boardOf } from "./board.ts";
import { flagsOf } from "./read_config.ts";
import { untilSignal } from "./until_signal.ts";

/** When the CSMS crashes, and for how long it is gone: long enough to watch, short enough to wait. */
const RESTART_AFTER_MS = 20_000;
const GONE_MS = 5_000;

/** How long the stations get before the demo prints where they are. */
const FIRST_LOOK_MS = 3_000;

const HEARTBEAT_MS = 10_000;

/** How often the board is printed. */
const BOARD_MS = 4_000;

/** An hour of a car passes in half a minute: a car comes after some seconds, and is full in one or two dozen. */
const SIMULATION = { speed: 120, cars: true, arrival: "8m", stay: "40m" };

const CONNECTORS = {
  "1.6": [{ type: "Type2", max_power: 22_000 }, { type: "Type2", max_power: 22_000 }],
  "2.0.1": [{ type: "CCS2", max_power: 150_000 }],
  "2.1": [{ type: "Type2", max_power: 11_000 }],
};

const STATIONS = JSON.stringify(
  Object.entries(CONNECTORS).map(([version, connectors]) => ({
    id: `CP-${version}`,
    protocol_version: version,
    connectors,
    meter_values: { interval: "10m", measurands: ["Energy.Active.Import.Register", "SoC"] },
  })),
);

/** `ocpp-emu demo`: three stations against the built-in CSMS, which restarts itself once. */
export async function demo(args: Arguments, world: CliWorld): Promise<number> {
  let csms: Csms | null = null;
  let app: App | null = null;
  await untilSignal(world, {
    async start(signal) {
      csms = await startCsms(world);
      app = await createApp(configFor(csms.url, args, world), world);
      const http = await app.start();
      await untilConnected(app, world, signal);
      world.print(
        summary(app, `http://${hostAndPort(args.host ?? "127.0.0.1", http.port)}`, world),
      );
      void showBoard(app, world, signal);
      await world.clock.sleep(RESTART_AFTER_MS, signal);
      if (signal.aborted) return;
      app.log.warn(`The CSMS of the demo crashes now, and is back in ${GONE_MS / 1000} s`);
      await csms.drop();
      await world.clock.sleep(GONE_MS, signal);
      if (signal.aborted) return;
      csms = await world.startCsms(csmsOptions(world, csms.port));
      app.log.info("The CSMS of the demo is back: the stations return by themselves");
    },
    async stop() {
      await app?.stop();
      await csms?.stop();
    },
    uncaught: (thrown) => reportUncaught(world, app?.log, thrown),
  });
  return 0;
}

/** On the port where stations dial by default, or on any that is free. */
async function startCsms(world: CliWorld): Promise<Csms> {
  try {
    return await world.startCsms(csmsOptions(world, CSMS_PORT));
  } catch {
    return await world.startCsms(csmsOptions(world, 0));
  }
}

/** It says nothing: the stations tell both sides of the story already. */
function csmsOptions({ clock, random }: CliWorld, port: number) {
  return { port, clock, random, log: silentLog, bootIntervalMs: HEARTBEAT_MS };
}

/** No file: what stations and CSMS of the user are like does not matter here. */
function configFor(url: string, args: Arguments, { files, workingFolder }: CliWorld): Config {
  return loadConfig({
    file: null,
    environment: {
      OCPP_EMU_LOGGING__FORMAT: "text",
      OCPP_EMU_STORAGE__PATH: ":memory:",
      OCPP_EMU_CSMS__DEFAULT_URL: url,
      OCPP_EMU_CSMS__MAX_RECONNECT_ATTEMPTS: "0",
      OCPP_EMU_CSMS__RECONNECT_BACKOFF: "2s",
      OCPP_EMU_CSMS__RECONNECT_MAX_BACKOFF: "10s",
      OCPP_EMU_CSMS__PING_INTERVAL: "10s",
      OCPP_EMU_SIMULATION: JSON.stringify(SIMULATION),
      OCPP_EMU_STATIONS: STATIONS,
    },
    flags: flagsOf(args),
    readFile: files.readText,
    workingFolder,
  });
}

/** What the stations are doing, again and again. */
async function showBoard({ fleet }: App, { clock, print }: CliWorld, signal: AbortSignal) {
  while (!signal.aborted) {
    await clock.sleep(BOARD_MS, signal);
    if (signal.aborted) return;
    print(`\n${boardOf(Array.from(fleet.ids(), (id) => fleet.view(id)!))}\n`);
  }
}

async function untilConnected({ manager }: App, { clock }: CliWorld, signal: AbortSignal) {
  const enough = new AbortController();
  const look = () => {
    if (signal.aborted || manager.census().connected === manager.size) enough.abort();
  };
  const unsubscribe = manager.changes.subscribe(look);
  signal.addEventListener("abort", look, { signal: enough.signal });
  look();
  await clock.sleep(FIRST_LOOK_MS, enough.signal);
  enough.abort();
  unsubscribe();
}

function summary({ manager }: App, base: string, { version }: CliWorld): string {
  const stations = Array.from(manager.ids(), (id) => manager.statistics(id)!).map((station) =>
    [
      ` ${station.stationId.padEnd(9)}`,
      station.state.padEnd(12),
      (station.subprotocol ?? "").padEnd(9),
      station.url,
    ].join(" ")
  );
  return `
ocpp-emu ${version}: three stations and a CSMS

${stations.join("\n")}

Open, or ask with curl:
  ${base}/health
  ${base}/ready
  ${base}/api/connections
  ${base}/api/stations/CP-1.6   connectors, transactions, meter, configuration
  ${base}/api/events            every change as it happens (curl -N)

Cars come and charge, ${SIMULATION.speed} times as fast as in life. In ${
    RESTART_AFTER_MS / 1000
  } s the CSMS crashes and comes back: watch the stations return. Ctrl+C ends the demo.

`;
}
