import { type Bench, kindsAt } from "../bench.ts";
import { script, startChild } from "../child.ts";
import { LoadCsms } from "../csms.ts";
import { type Point, slope, slopes, spread } from "../statistics.ts";
import { startSubject } from "../subject.ts";
import { Tally } from "../tallies.ts";

const MIB = 2 ** 20;
const KIB = 2 ** 10;

/** What is measured at one size. */
interface AtSize {
  readonly size: number;
  readonly resident: Tally;
  readonly boot: Tally;
  readonly bootCpu: Tally;
}

/** Memory, and the time and CPU of connecting and booting, at every size of the plan. */
export async function measureGrowth(bench: Bench): Promise<void> {
  const { sizes, rounds } = bench.plan;
  const all = sizes.map((size): AtSize => ({
    size,
    resident: new Tally(),
    boot: new Tally(),
    bootCpu: new Tally(),
  }));
  const silent = new Tally();
  for (let round = 1; round <= rounds; round++) {
    for (const at of all) {
      bench.progress(`connecting and booting ${at.size} stations, round ${round} of ${rounds}`);
      await measureSize(bench, at);
    }
    silent.add("bare", await connectSilently(sizes.at(-1)!));
  }
  reportSlope(bench, all);
  for (const { size, resident } of all) {
    const target = size === 10_000 ? { most: 400 } : undefined;
    resident.report(bench, `${stations(size)}, resident`, "MiB", target);
  }
  for (const { size, boot } of all) {
    boot.report(bench, `${stations(size)}, connect and boot (beside: the same frames)`, "s");
  }
  for (const seconds of all.at(-1)!.boot.of("ocpp-emu")) silent.add("ocpp-emu", seconds);
  const name = `${stations(sizes.at(-1)!)}, connect and boot (beside: sockets that only connect)`;
  silent.report(bench, name, "s", { timesBare: 3 });
  for (const { size, bootCpu } of all) {
    bootCpu.report(bench, `${stations(size)}, CPU from the start until all have booted`, "s");
  }
  noteGrowth(bench, all);
}

async function measureSize(bench: Bench, at: AtSize): Promise<void> {
  for (const kind of kindsAt(bench, at.size)) {
    await using subject = await startSubject(bench, kind, at.size);
    at.resident.add(kind, subject.usage.residentBytes / MIB);
    at.boot.add(kind, subject.bootMs / 1_000);
    at.bootCpu.add(kind, subject.usage.cpuMs / 1_000);
  }
}

async function connectSilently(size: number): Promise<number> {
  await using csms = await LoadCsms.start();
  await using _child = startChild(...script("bare.ts", csms.url, String(size), "silent"));
  const { firstAt, lastOpenAt } = await csms.connected(size);
  return (lastOpenAt - firstAt) / 1_000;
}

function reportSlope(bench: Bench, all: readonly AtSize[]): void {
  const [low, high] = bench.plan.slope.map((size) => all.find((at) => at.size === size));
  if (low === undefined || high === undefined) return;
  const slopesOf = new Tally();
  for (const kind of ["ocpp-emu", "bare"] as const) {
    const more = high.resident.of(kind);
    low.resident.of(kind).forEach((cost, round) => {
      const from = { size: low.size, cost };
      slopesOf.add(kind, slope(from, { size: high.size, cost: more[round]! }) * MIB / KIB);
    });
  }
  const name = `memory per station, ${low.size.toLocaleString("en")} to ${stations(high.size)}`;
  slopesOf.report(bench, name, "KiB", { most: 32 });
}

/** Says what one more station costs at each size, so that what is not linear shows. */
function noteGrowth(bench: Bench, all: readonly AtSize[]): void {
  const sizes = all.map(({ size }) => size.toLocaleString("en")).join(" → ");
  const each = (tally: (at: AtSize) => Tally, unit: number, digits: number) => {
    const points = all.map((at): Point => ({
      size: at.size,
      cost: spread(tally(at).of("ocpp-emu")).median,
    }));
    return slopes(points).map((cost) => (cost * unit).toFixed(digits)).join(", ");
  };
  bench.note(
    `Growth from ${sizes} stations. One more station costs, between each two sizes: ` +
      `${each(({ resident }) => resident, MIB / KIB, 1)} KiB resident; ` +
      `${each(({ boot }) => boot, 1_000, 2)} ms to connect and boot; ` +
      `${each(({ bootCpu }) => bootCpu, 1_000, 2)} ms of CPU for it. Equal numbers: linear.`,
  );
}

function stations(size: number): string {
  return `${size.toLocaleString("en")} stations`;
}
