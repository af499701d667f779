import { createLog } from "../log/mod.ts";
import type { Csms } from "../csms/mod.ts";
import type { Arguments } from "./arguments.ts";
import type { CliWorld } from "./cli_world.ts";
import { readLevel, readPort } from "./flags.ts";
import { reportUncaught } from "./report_uncaught.ts";
import { untilSignal } from "./until_signal.ts";

/** Where the built-in CSMS listens unless told otherwise: where stations dial by default. */
export const CSMS_PORT = 9000;

/** `ocpp-emu csms`: the built-in CSMS alone, until a signal. */
export async function csms(args: Arguments, world: CliWorld): Promise<number> {
  const { clock, random } = world;
  const port = readPort(args.port) ?? CSMS_PORT;
  const level = readLevel(args.logLevel) ?? "info";
  const sink = await world.openSink("stdout");
  const log = createLog({ level, format: "text", sink, clock });
  let running: Csms | null = null;
  await untilSignal(world, {
    async start() {
      running = await world.startCsms({ host: args.host ?? "127.0.0.1", port, clock, random, log });
      log.info("The CSMS listens", { url: `${running.url}/<station id>` });
    },
    async stop() {
      await running?.stop();
      await sink.close();
    },
    uncaught: (thrown) => reportUncaught(world, log, thrown),
  });
  return 0;
}
