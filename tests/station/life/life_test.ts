import assert from "node:assert/strict";
import { scaledClock, VirtualClock } from "../../../src/clock/mod.ts";
import type { SimulationConfig } from "../../../src/config/mod.ts";
import { type Log, silentLog } from "../../../src/log/mod.ts";
import { Life } from "../../../src/station/life/life.ts";
import { FakePort } from "./fake_port.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const CARS: SimulationConfig = {
  speed: 1,
  cars: true,
  arrivalMs: 20 * MINUTE,
  stayMs: 4 * MINUTE,
  idTokens: ["A", "B"],
  seed: 0,
  faultEveryMs: 0,
  faultDurationMs: 2 * MINUTE,
};
const FAULTS = { ...CARS, cars: false, faultEveryMs: HOUR };

/** Lets a station live while `work` moves the simulated time, and ends its life. */
async function living(
  simulation: SimulationConfig,
  work: (port: FakePort, advance: (ms: number) => Promise<void>) => Promise<void>,
  rest: { stationId?: string; connectors?: number; log?: Log } = {},
): Promise<FakePort> {
  const real = new VirtualClock();
  const clock = scaledClock(real, simulation.speed);
  const port = new FakePort(() => clock.monotonic(), rest.connectors);
  const stop = new AbortController();
  const { stationId = "CP001", log = silentLog } = rest;
  const life = new Life({ stationId, simulation, clock, log, port }).run(stop.signal);
  await work(port, (ms) => real.advance(ms / simulation.speed));
  stop.abort();
  await life;
  assert.equal(real.pending, 0, "no timer outlives the life");
  return port;
}

const aShift = (_port: FakePort, advance: (ms: number) => Promise<void>) => advance(8 * HOUR);
const of = (deeds: readonly string[], deed: string) =>
  deeds.filter((one) => one.split(" ")[2] === deed);

Deno.test("cars come by the rhythm, present a token, stay, and leave", async () => {
  const port = await living(CARS, async (_port, advance) => await advance(48 * HOUR));
  const [plugs, unplugs] = [of(port.deeds, "plug"), of(port.deeds, "unplug")];
  assert(plugs.length - unplugs.length <= 1);
  // 20 minutes until the next one comes, 4 that it stays, and a hand's work.
  const expected = 48 * 60 / (20 + 4 + 0.5);
  assert(Math.abs(plugs.length / expected - 1) < 0.15, `${plugs.length} for ${expected}`);
  assert.deepEqual(new Set(port.tokens.map(({ idToken }) => idToken)), new Set(["A", "B"]));
  assert(new Set(port.cars.map(({ batteryWh }) => batteryWh)).size > 30);
});

Deno.test("some present the token before they plug in, and some leave without it", async () => {
  const { deeds } = await living(CARS, aShift);
  const visits = deeds.map((deed) => deed.split(" ")[2]).join(" ").split(" unplug")
    .map((visit) => visit.trim());
  assert.deepEqual(
    new Set(visits.slice(0, -1)),
    new Set([
      "plug authorize authorize",
      "plug authorize",
      "authorize plug authorize",
      "authorize plug",
    ]),
  );
});

Deno.test("the same seed and station live the same life, another seed or station another", async () => {
  const settings = { ...CARS, faultEveryMs: HOUR };
  const lives = [
    await living(settings, aShift, { connectors: 2 }),
    await living(settings, aShift, { connectors: 2 }),
    await living({ ...settings, seed: 1 }, aShift, { connectors: 2 }),
    await living(settings, aShift, { connectors: 2, stationId: "CP002" }),
  ];
  const [one, same, ...others] = lives.map(({ deeds, cars }) => JSON.stringify([deeds, cars]));
  assert.equal(one, same);
  for (const other of others) assert.notEqual(other, one);
});

Deno.test("the two connectors of a station have lives of their own", async () => {
  const { deeds } = await living(CARS, aShift, { connectors: 2 });
  const [first, second] = [1, 2].map((id) =>
    deeds.filter((deed) => deed.split(" ")[1] === String(id)).map((deed) => deed.split(" ")[0])
  );
  assert(first!.length > 10 && second!.length > 10);
  assert.notDeepEqual(first, second);
});

Deno.test("at speed 60 an hour passes in a minute, with the same cars at the same simulated times", async () => {
  const slow = await living(CARS, aShift);
  const fast = await living({ ...CARS, speed: 60 }, aShift);
  const plugs = (deeds: readonly string[]) => of(deeds, "plug").map((deed) => parseFloat(deed));
  assert.deepEqual(plugs(fast.deeds), plugs(slow.deeds));
});

Deno.test("nobody comes to a station that is not booted, and its faults wait too", async () => {
  const port = await living({ ...CARS, faultEveryMs: HOUR }, async (port, advance) => {
    port.booted = false;
    await advance(8 * HOUR);
    assert.deepEqual(port.deeds, []);
    port.booted = true;
    await advance(8 * HOUR);
  });
  assert(of(port.deeds, "plug").length > 5 && of(port.deeds, "fault").length > 5);
});

Deno.test("a connector that is not available gets no car", async () => {
  for (const status of ["Unavailable", "Reserved", "Faulted", "Preparing", "Charging"] as const) {
    await living(CARS, async (port, advance) => {
      port.set(1, status);
      await advance(4 * HOUR);
      assert.deepEqual(port.deeds, [], status);
    });
  }
});

Deno.test("a driver whose token is refused unplugs and goes, and others come", async () => {
  const said: unknown[] = [];
  const log = { ...silentLog, debug: (...line: unknown[]) => said.push(line) };
  const { deeds } = await living(CARS, async (port, advance) => {
    port.refuses.authorize = "The CSMS answered Invalid";
    await advance(8 * HOUR);
    assert.equal(port.status(1), "Available");
  }, { log });
  assert(of(deeds, "plug").length > 5);
  assert.equal(of(deeds, "plug").length, of(deeds, "unplug").length);
  assert.deepEqual(said[0], [
    "Chance could not present a token",
    { connector: 1, reason: "The CSMS answered Invalid" },
  ]);
});

Deno.test("a driver who cannot plug in goes, and comes again another time", async () => {
  const { deeds } = await living(CARS, async (port, advance) => {
    port.refuses.plug = "The connector is reserved";
    await advance(8 * HOUR);
    delete port.refuses.plug;
    await advance(8 * HOUR);
  });
  assert(deeds.filter((deed) => deed.endsWith("plug (refused)")).length > 10);
  assert(of(deeds, "unplug").length > 5);
});

Deno.test("a cable that is locked is tried every minute until it comes off", async () => {
  await living(CARS, async (port, advance) => {
    port.refuses.unplug = "The cable is locked";
    await advance(4 * HOUR);
    const tries = of(port.deeds, "unplug");
    const times = tries.map((deed) => parseFloat(deed));
    assert(tries.length > 30);
    assert.equal(Math.round(times[2]! - times[1]!), 60);
    delete port.refuses.unplug;
    await advance(MINUTE);
    assert.equal(port.status(1), "Available");
    const cars = port.cars.length;
    await advance(4 * HOUR);
    assert(port.cars.length > cars + 3);
  });
});

Deno.test("a driver goes within a minute when the car is full or the transaction has ended", async () => {
  for (const stationId of ["A", "B", "C"]) {
    for (const status of ["SuspendedEV", "Finishing", "Faulted"] as const) {
      await living({ ...CARS, stayMs: 100 * 24 * HOUR }, async (port, advance) => {
        while (port.status(1) !== "Charging") await advance(MINUTE);
        port.set(1, status);
        await advance(2 * MINUTE);
        const gone = port.deeds.findIndex((deed) => deed.endsWith("unplug"));
        assert(gone > 0, status);
        // A token is presented again only where it ends something.
        const presented = of(port.deeds.slice(0, gone), "authorize").length;
        assert(presented <= (status === "SuspendedEV" ? 2 : 1), `${status}: ${presented}`);
      }, { stationId });
    }
  }
});

Deno.test("a driver waits while the station holds the power back", async () => {
  await living({ ...CARS, stayMs: 100 * 24 * HOUR }, async (port, advance) => {
    while (port.status(1) !== "Charging") await advance(MINUTE);
    port.set(1, "SuspendedEVSE");
    await advance(HOUR);
    assert.equal(port.status(1), "SuspendedEVSE");
  });
});

Deno.test("a car that somebody else unplugged is not missed", async () => {
  await living(CARS, async (port, advance) => {
    while (port.status(1) !== "Charging") await advance(MINUTE);
    port.set(1, "Available");
    await advance(2 * MINUTE);
    assert.deepEqual(of(port.deeds, "unplug"), []);
    await advance(4 * HOUR);
    assert(port.cars.length > 3);
  });
});

Deno.test("faults come at their rate with an error code of 1.6 (§7.6), and are cleared", async () => {
  const port = await living(FAULTS, async (_port, advance) => await advance(100 * HOUR));
  const faults = of(port.deeds, "fault");
  assert(faults.length > 75 && faults.length < 125, `${faults.length}`);
  assert(new Set(faults.map((fault) => fault.split(" ")[3])).size > 5);
  assert(faults.length - of(port.deeds, "clearFault").length <= 1);
  assert.equal(of(port.deeds, "plug").length, 0, "no cars where they are off");
});

Deno.test("a fault that cannot be cleared is tried again, and one that is gone is forgotten", async () => {
  await living(FAULTS, async (port, advance) => {
    port.refuses.clearFault = "A reset is under way";
    while (port.status(1) !== "Faulted") await advance(MINUTE);
    await advance(HOUR);
    assert(of(port.deeds, "clearFault").length > 30);
    port.set(1, "Available");
    await advance(2 * MINUTE);
    const tries = of(port.deeds, "clearFault").length;
    await advance(MINUTE);
    assert.equal(of(port.deeds, "clearFault").length, tries);
  });
});

Deno.test("a life is on with cars or faults only, and off it does nothing", async () => {
  assert.equal(Life.isOn({ ...CARS, cars: false }), false);
  assert(Life.isOn(CARS) && Life.isOn(FAULTS));
  const { deeds } = await living({ ...CARS, cars: false }, aShift);
  assert.deepEqual(deeds, []);
});

Deno.test("a life that ends in the middle of a visit leaves the car where it is", async () => {
  const port = await living(CARS, async (port, advance) => {
    while (port.status(1) !== "Charging") await advance(MINUTE);
  });
  assert.equal(port.status(1), "Charging");
});

Deno.test("a life that ends while the CSMS is asked does nothing afterwards", async () => {
  const real = new VirtualClock();
  const clock = scaledClock(real, 1);
  const port = new FakePort(() => clock.monotonic());
  const answer = Promise.withResolvers<string | null>();
  port.authorize = () => answer.promise;
  const stop = new AbortController();
  const life = new Life({ stationId: "A", simulation: CARS, clock, log: silentLog, port });
  const run = life.run(stop.signal);
  while (port.status(1) !== "Preparing") await real.advance(MINUTE);
  await real.advance(MINUTE);
  stop.abort();
  answer.resolve(null);
  await run;
  assert.deepEqual(port.deeds.map((deed) => deed.split(" ")[2]), ["plug"]);
  assert.equal(real.pending, 0);
});

Deno.test("a life that ends between cable and token, or token and cable, does nothing more", async () => {
  const halves = new Set<string>();
  for (let n = 0; n < 10; n++) {
    const { deeds } = await living(CARS, async (port, advance) => {
      while (port.deeds.length === 0) await advance(1_000);
    }, { stationId: `CP${n}` });
    assert.equal(deeds.length, 1);
    halves.add(deeds[0]!.split(" ")[2]!);
  }
  assert.deepEqual(halves, new Set(["plug", "authorize"]));
});
