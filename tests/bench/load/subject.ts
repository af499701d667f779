import type { Bench } from "./bench.ts";
import { type Child, script, startChild, whileAlive } from "./child.ts";
import { type Census, LoadCsms } from "./csms.ts";
import type { Kind } from "./figure.ts";
import { type FleetOptions, Program } from "./program.ts";
import { rest } from "./until.ts";
import { type Usage, usage } from "./usage.ts";

/** Somebody whose stations have connected and booted, with a CSMS of its own. */
export interface Subject<C extends Child = Child> extends AsyncDisposable {
  readonly child: C;
  readonly csms: LoadCsms;
  /** From the first handshake until the CSMS had everything that a boot brings, as it saw it. */
  readonly bootMs: number;
  /** When all had booted, and had rested. */
  readonly usage: Usage;
}

/** How many stations of what kind are to be started. */
export interface SubjectOptions extends Omit<FleetOptions, "url"> {
  readonly heartbeatSeconds?: number;
}

/** Starts the program, and waits until every station has booted and rested. */
export function startProgram(bench: Bench, options: SubjectOptions): Promise<Subject<Program>> {
  return boot(bench, options, (url) => Program.start({ ...options, url }));
}

/** Starts the program, or one of those that stand beside it, and waits as {@link startProgram} does. */
export function startSubject(bench: Bench, kind: Kind, size: number): Promise<Subject> {
  return boot(bench, { size }, (url) => start(bench, kind, url, size));
}

async function boot<C extends Child>(
  bench: Bench,
  options: SubjectOptions,
  launch: (url: string) => Promise<C>,
): Promise<Subject<C>> {
  const { size, version = "1.6", heartbeatSeconds } = options;
  const csms = await LoadCsms.start({ heartbeatSeconds });
  let child: C | null = null;
  const end = async () => {
    await child?.kill();
    await csms.kill();
  };
  try {
    child = await launch(csms.url);
    // A 1.6 station tells of itself as connector 0, too.
    const statuses = version === "1.6" ? 2 * size : size;
    const booted = csms.called({ BootNotification: size, StatusNotification: statuses });
    const seen = await whileAlive(child, booted);
    await rest(bench.plan.restMs);
    return {
      child,
      csms,
      bootMs: lastCallAt(seen) - seen.firstAt,
      usage: usage(child.pid),
      [Symbol.asyncDispose]: end,
    };
  } catch (thrown) {
    await end();
    throw thrown;
  }
}

async function start(bench: Bench, kind: Kind, url: string, size: number): Promise<Child> {
  switch (kind) {
    case "ocpp-emu":
      return await Program.start({ url, size });
    case "bare":
      return startChild(...script("bare.ts", url, String(size)));
    case "ocpp-rpc":
      if (bench.node === null) throw new Error("Cannot start ocpp-rpc: it is left out");
      return bench.node.start(url, size);
    default:
      return kind satisfies never;
  }
}

function lastCallAt({ calls }: Census): number {
  const boot = ["BootNotification", "StatusNotification"];
  return Math.max(...boot.map((action) => calls[action]?.lastAt ?? 0));
}
