import { stationUrl } from "../connection/mod.ts";
import { hostAndPort } from "../http/mod.ts";
import type { Arguments } from "./arguments.ts";
import type { CliWorld } from "./cli_world.ts";
import { readConfig } from "./read_config.ts";

/** How many stations are listed one by one. */
const MOST_LISTED = 20;

/** `ocpp-emu check [FILE]`: reads a config as `serve` would, TLS files too, and says what it means. */
export function check(args: Arguments, world: CliWorld): Promise<number> {
  const config = readConfig({ ...args, config: args.operands[0] ?? args.config }, world);
  const { stations, warnings } = config;
  const lines = [
    `${config.file ?? "The defaults (no config file found)"}: ok`,
    ...warnings.map((warning) => `warning: ${warning}`),
    `http://${hostAndPort(config.server.host, config.server.port)}, ${count(stations.length)}`,
    ...stations.slice(0, MOST_LISTED).map(({ id, protocolVersions, url, securityProfile }) =>
      `  ${id}  OCPP ${protocolVersions.join(", ")}  ${
        stationUrl(url, id)
      }  security profile ${securityProfile}`
    ),
  ];
  if (stations.length > MOST_LISTED) lines.push(`  and ${stations.length - MOST_LISTED} more`);
  world.print(`${lines.join("\n")}\n`);
  return Promise.resolve(0);
}

function count(stations: number): string {
  return stations === 1 ? "1 station" : `${stations} stations`;
}
