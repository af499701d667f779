import { SystemClock } from "../../src/clock/mod.ts";
import type { VersionId } from "../../src/ocpp/mod.ts";
import { configFor } from "../e2e/support.ts";
import { within } from "../support/connection_harness.ts";
import type { Ledger } from "../support/ledger.ts";
import { Program } from "../support/process.ts";

const STATIONS = 6;

/** How long the last messages may take. */
const PATIENCE_MS = 30_000;

const clock = new SystemClock();

/** The program, on a store that outlives it. */
export function startCounted(
  ledger: Ledger,
  { version, path, cars }: { version: VersionId; path: string; cars: boolean },
): Promise<Program> {
  const parts = {
    csms: { call_timeout: "1s", reconnect_backoff: "50ms", reconnect_max_backoff: "200ms" },
    fleets: [{
      count: STATIONS,
      id: `CP{1..${STATIONS}}`,
      protocol_version: version,
      meter_values: { interval: "60s" },
      simulation: { cars, speed: 300, arrival: "1s", stay: "10m" },
    }],
    stations: [],
  };
  const config = JSON.parse(configFor(ledger.url, parts));
  return Program.start(["serve"], { config: JSON.stringify({ ...config, storage: { path } }) });
}

/** Starts the program once more without cars, until every transaction is over and nothing waits. */
export async function settleUp(ledger: Ledger, version: VersionId, path: string): Promise<void> {
  await using program = await startCounted(ledger, { version, path, cars: false });
  const url = `${await program.url()}/metrics`;
  const end = clock.monotonic() + PATIENCE_MS;
  const isOver = async () => {
    const text = await (await fetch(url)).text();
    return ledger.open.length === 0 && /^ocpp_emu_outbox_messages 0$/m.test(text);
  };
  while (!await isOver() && clock.monotonic() < end) await clock.sleep(50);
  await within("the program to end", program.stop());
}
