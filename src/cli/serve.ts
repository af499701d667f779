import { type App, createApp } from "../app.ts";
import type { Arguments } from "./arguments.ts";
import type { CliWorld } from "./cli_world.ts";
import { reportUncaught } from "./report_uncaught.ts";
import { readConfig } from "./read_config.ts";
import { untilSignal } from "./until_signal.ts";

/** `ocpp-emu [serve]`: the stations of the config file, until a signal. */
export async function serve(args: Arguments, world: CliWorld): Promise<number> {
  let app: App | null = null;
  await untilSignal(world, {
    async start(signal) {
      const config = readConfig(args, world);
      app = await createApp(config, world);
      if (signal.aborted) return;
      await app.start();
      if (app.fleet.size === 0) {
        app.log.warn(
          config.file === null
            ? "There are no stations, and no config file was found: write a config.yaml, or name one with --config"
            : "There are no stations: add some under stations or fleets in the config file, or with POST /api/stations",
        );
      }
    },
    async stop() {
      await app?.stop();
    },
    uncaught: (thrown) => reportUncaught(world, app?.log, thrown),
  });
  return 0;
}
