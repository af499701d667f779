/** What `--help` prints. */
export const USAGE =
  `ocpp-emu - an emulator of electric-vehicle charging stations (OCPP 1.6, 2.0.1, 2.1)

Usage: ocpp-emu [COMMAND] [OPTIONS]

Commands:
  serve            Run the stations of the config file (the default)
  demo             Three stations, one per OCPP version, against the built-in CSMS
  csms             The built-in CSMS alone
  check [FILE]     Check a config file and say what it means
  config           Print the config file that ships: every key with its default
  
Options:
  --config FILE    The config file (default: config.yaml here, or beside the program)
  --host HOST      Where HTTP listens (server.host; for csms: the CSMS)
  --port PORT      On which port (server.port, 8080; for csms: 9000); 0 = any free one
  --log-level L    debug, info, warn or error
  --version        Print the version, and its form: source, compiled or portable
  --help           Print this text

Every key of the config file can be set by environment, as OCPP_EMU_CSMS__DEFAULT_URL.
Exit codes: 0 well, 1 failed at work, 2 wrong usage or config.
`.replace("\n  \n", "\n\n");

/** Wrong arguments; the message says which. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
