import type { Bench } from "../bench.ts";
import { slope } from "../statistics.ts";
import { startProgram } from "../subject.ts";
import { Tally } from "../tallies.ts";

const KIB = 2 ** 10;

/** What a station of each version holds: memory per station between two sizes. */
export async function measureVersions(bench: Bench): Promise<void> {
  const { sizes: [low, high], rounds } = bench.plan.versions;
  if (rounds === 0) return;
  const versions = ["1.6", "2.0.1", "2.1"] as const;
  const tallies = versions.map((version) => ({ version, tally: new Tally() }));
  for (let round = 1; round <= rounds; round++) {
    for (const { version, tally } of tallies) {
      bench.progress(`memory of ${version} stations, round ${round} of ${rounds}`);
      const at = async (size: number) => {
        await using subject = await startProgram(bench, { size, version });
        return { size, cost: subject.usage.residentBytes / KIB };
      };
      tally.add("ocpp-emu", slope(await at(low), await at(high)));
    }
  }
  const range = `${low.toLocaleString("en")} to ${high.toLocaleString("en")} stations`;
  for (const { version, tally } of tallies) {
    tally.report(bench, `memory per ${version} station, ${range}`, "KiB");
  }
}
