import assert from "node:assert/strict";
import { type Random, seededRandom } from "../../../src/clock/mod.ts";
import { compositeSchedule } from "../../../src/station/smart/composite_schedule.ts";
import { limitAt } from "../../../src/station/smart/limit_at.ts";
import type { ConnectorFacts } from "../../../src/station/charger.ts";
import type {
  ChargingProfile,
  ChargingSchedule,
  InstalledProfile,
} from "../../../src/station/smart/profile.ts";
import { profileFault } from "../../../src/station/smart/profile_fault.ts";
import { connector, DAY, HOUR, LIMITS, MONDAY, on, profile, transaction } from "./builders.ts";

const ROUNDS = 400;
const SAMPLES = 40;

interface World {
  readonly profiles: readonly InstalledProfile[];
  readonly connectors: readonly ConnectorFacts[];
  readonly from: number;
  readonly duration: number;
}

function world(random: Random): World {
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const oneOf = <T>(list: readonly T[]) => list[upTo(list.length - 1)]!;
  const maybe = <T>(value: T) => random() < 0.5 ? value : null;
  const moment = () => MONDAY + (upTo(40 * 24) - 20 * 24) * (HOUR / 2);

  function anyProfile(id: number): InstalledProfile {
    const purpose = oneOf(
      [
        "ChargingStationMaxProfile",
        "ChargingStationExternalConstraints",
        "TxDefaultProfile",
        "TxProfile",
      ] as const,
    );
    const kind = oneOf(["Absolute", "Recurring", "Relative"] as const);
    const unit = oneOf(["A", "W"] as const);
    const steps = Array.from({ length: 1 + upTo(5) }, (_, n) =>
      [
        n === 0 ? 0 : n * 3600 * (1 + upTo(3)) + n,
        unit === "A" ? upTo(400) / 10 : upTo(300) * 100,
        maybe(1 + upTo(2)) ?? undefined,
      ] as const).sort(([a], [b]) => a - b).filter(([at], n, all) => at !== all[n - 1]?.[0]);
    const rest: Partial<ChargingProfile> = {
      id,
      purpose,
      kind,
      stackLevel: upTo(3),
      recurrency: kind === "Recurring" ? oneOf(["Daily", "Weekly"] as const) : null,
      validFrom: maybe(moment()),
      validTo: maybe(moment()),
    };
    const ofSchedule: Partial<ChargingSchedule> = {
      unit,
      duration: maybe(3600 * (1 + upTo(60))),
      startSchedule: kind === "Recurring" ? moment() : maybe(moment()),
    };
    const place = purpose === "ChargingStationMaxProfile"
      ? 0
      : purpose === "TxProfile"
      ? 1 + upTo(1)
      : upTo(2);
    return on(place, profile(steps, rest, ofSchedule), moment());
  }

  const profiles = Array.from({ length: upTo(12) }, (_, id) => anyProfile(id));
  // As Profiles keeps it: one of a purpose and level on a connector.
  const keys = profiles.map(({ connectorId, profile: { purpose, stackLevel } }) =>
    `${connectorId} ${purpose} ${stackLevel}`
  );
  const [type, maxPower] = oneOf([["Type2", 22_000], ["Type2", 7400], ["CCS2", 50_000]] as const);
  return {
    profiles: profiles.filter((_, n) => keys.indexOf(keys[n]!) === n),
    connectors: [
      connector(1, { transaction: maybe(transaction(1, moment())) }),
      connector(2, { type, maxPower, transaction: maybe(transaction(2, moment())) }),
    ],
    from: moment(),
    duration: 3600 * (1 + upTo(400)),
  };
}

/** What a profile limits to at a moment, by looking at every recurrence and every period. */
function saysAt({ profile: it, installedAt }: InstalledProfile, at: number, startedAt: number) {
  if (at < (it.validFrom ?? -Infinity) || at >= (it.validTo ?? Infinity)) return null;
  const [schedule] = it.schedules;
  const isOfTx = it.purpose.startsWith("Tx");
  const own = it.kind === "Relative" ? null : schedule!.startSchedule;
  const starts = [own ?? (isOfTx ? startedAt : installedAt)];
  if (it.kind === "Recurring") {
    const every = it.recurrency === "Daily" ? DAY : 7 * DAY;
    while (starts.at(-1)! + every <= at) starts.push(starts.at(-1)! + every);
  }
  const seconds = (at - starts.at(-1)!) / 1000;
  if (seconds < 0 || seconds >= (schedule!.duration ?? Infinity)) return null;
  const period = schedule!.periods.filter(({ startPeriod }) => startPeriod <= seconds).at(-1)!;
  return { ...period, limit: period.limit!, unit: schedule!.unit };
}

/** The limits that hold on a connector, by the letter of 1.6 §3.13. */
function holdingOn(w: World, id: number, at: number, startedAt: number) {
  function leader(purpose: ChargingProfile["purpose"], on: readonly number[]) {
    const candidates = w.profiles
      .filter(({ profile, connectorId }) => profile.purpose === purpose && on.includes(connectorId))
      .sort((a, b) => b.profile.stackLevel - a.profile.stackLevel || b.connectorId - a.connectorId);
    return candidates.map((one) => saysAt(one, at, startedAt)).find((said) => said !== null);
  }
  const own = id === 0 ? [] : [
    leader("TxProfile", [id]) ?? leader("TxDefaultProfile", [id, 0]),
    leader("ChargingStationExternalConstraints", [id]),
  ];
  const station = [
    leader("ChargingStationExternalConstraints", [0]),
    leader("ChargingStationMaxProfile", [0]),
  ];
  const given = (list: typeof station) => list.filter((one) => one !== undefined);
  return { own: given(own), station: given(station) };
}

/** Watts on one connector by arithmetic that is as plain as can be. */
function wattsOn(w: World, id: number, at: number) {
  const { type, maxPower, transaction } = w.connectors.find((one) => one.id === id)!;
  const { own, station } = holdingOn(w, id, at, transaction?.startedAt ?? w.from);
  const isDc = type === "CCS2";
  const most = isDc || maxPower < 8000 ? 1 : 3;
  const phases = Math.min(most, ...[...own, ...station].map((one) => one.numberPhases ?? 3));
  const volts = isDc ? 400 : 230 * phases;
  return {
    phases,
    isDc,
    volts,
    limits: [
      ...own.map((one) => one.unit === "W" ? one.limit : one.limit * volts),
      ...station.map((one) =>
        one.unit === "W" ? one.limit : one.limit * (isDc ? 230 * (one.numberPhases ?? 3) : volts)
      ),
    ],
    plate: isDc ? maxPower : maxPower * phases / most,
  };
}

function expected(w: World, id: number, at: number): number {
  if (id !== 0) {
    const { limits, plate } = wattsOn(w, id, at);
    return Math.min(plate, ...limits);
  }
  const { station } = holdingOn(w, 0, at, w.from);
  const phases = Math.min(3, ...station.map((one) => one.numberPhases ?? 3));
  return Math.min(
    w.connectors.reduce((sum, one) => sum + expected(w, one.id, at), 0),
    ...station.map((one) => one.unit === "W" ? one.limit : one.limit * 230 * phases),
  );
}

for (let seed = 1; seed <= 4; seed++) {
  Deno.test(`1.6 §3.13: a composite schedule is what holds at each moment (seed ${seed})`, () => {
    const random = seededRandom(seed);
    for (let round = 0; round < ROUNDS; round++) {
      const w = world(random);
      for (const { profile: one } of w.profiles) {
        const fault = profileFault(one, LIMITS, -Infinity);
        assert(fault === null || /ends to be valid/.test(fault), fault ?? "");
      }
      for (const connectorId of [0, 1, 2]) {
        const { from, duration } = w;
        const question = { connectorId, from, duration, unit: "W" } as const;
        const { periods, ...schedule } = compositeSchedule(w.profiles, w.connectors, question);
        assert.equal(schedule.duration, duration);
        assert.equal(periods[0]?.startPeriod, 0);
        periods.slice(1).forEach((period, n) => {
          const before = periods[n]!;
          assert(period.startPeriod > before.startPeriod && period.startPeriod < duration);
          assert(period.limit !== before.limit || period.numberPhases !== before.numberPhases);
        });
        for (let sample = 0; sample < SAMPLES; sample++) {
          const second = Math.floor(random() * duration);
          const said = periods.findLast(({ startPeriod }) => startPeriod <= second)!.limit;
          const right = expected(w, connectorId, from + second * 1000);
          assert(
            said <= right + 1e-6 && said > right - 0.1 - 1e-6,
            `seed ${seed}, round ${round}, connector ${connectorId}, second ${second}: ` +
              `${said} W and not ${right} W`,
          );
        }
      }
    }
  });
}

Deno.test("what may flow now is what the composite schedule says, until when it says", () => {
  const random = seededRandom(99);
  for (let round = 0; round < ROUNDS; round++) {
    const w = world(random);
    for (const one of w.connectors) {
      for (let sample = 0; sample < SAMPLES; sample++) {
        const at = w.from + Math.floor(random() * w.duration) * 1000;
        const busy = { ...one, transaction: one.transaction ?? transaction(one.id, w.from) };
        const now = limitAt(w.profiles, busy, { at, charging: 1, phases: null });
        const { limits } = wattsOn(w, one.id, at);
        if (now.watts === null) assert.deepEqual(limits, []);
        else assert(Math.abs(now.watts - expected(w, one.id, at)) < 1e-6);
        if (now.nextChangeAt === null) continue;
        assert(now.nextChangeAt > at);
        const later = at + random() * (now.nextChangeAt - at - 1);
        const then = limitAt(w.profiles, busy, { at: later, charging: 1, phases: null });
        assert.equal(then.watts, now.watts);
      }
    }
  }
});

Deno.test("amperes and watts of one schedule tell the same story", () => {
  const random = seededRandom(7);
  for (let round = 0; round < ROUNDS; round++) {
    const w = world(random);
    const question = { connectorId: 1, from: w.from, duration: w.duration } as const;
    const watts = compositeSchedule(w.profiles, w.connectors, { ...question, unit: "W" });
    const amperes = compositeSchedule(w.profiles, w.connectors, { ...question, unit: "A" });
    for (const { startPeriod, limit, numberPhases } of amperes.periods) {
      const there = watts.periods.findLast((period) => period.startPeriod <= startPeriod)!;
      assert.equal(there.numberPhases, numberPhases);
      // A name plate of 22,000 W says 32 A, which are 22,080 W.
      const inWatts = limit * 230 * numberPhases!;
      assert(inWatts <= there.limit + 80.1 && inWatts > there.limit - 70, `round ${round}`);
    }
  }
});
