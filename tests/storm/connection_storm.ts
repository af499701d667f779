import assert from "node:assert/strict";
import { seededRandom } from "../../src/clock/mod.ts";
import { exponentialBackOff } from "../../src/connection/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import {
  eventually,
  type RealHarness,
  realHarness,
  within,
} from "../support/connection_harness.ts";
import { type Footprint, footprint, inWords } from "../support/footprint.ts";
import { RawPeer, type RawSession } from "../support/raw_peer.ts";

const STATIONS = 1_000;
const IDS = Array.from({ length: STATIONS }, (_, n) => `CP${n}`);

/** The sessions of a server that live, as the server sees them. */
function liveSessions(peer: RawPeer): Set<RawSession> {
  const live = new Set<RawSession>();
  (async () => {
    for (;;) {
      const session = await peer.next();
      live.add(session);
      session.ended.then(() => live.delete(session));
    }
  })().catch(() => {
    // The peer was stopped: nobody comes any more.
  });
  return live;
}

/** All are connected by their own word and by the server's, each once. */
async function allConnectedOnce(real: RealHarness, live: Set<RawSession>): Promise<void> {
  const connected = () => real.manager.census().connected;
  await eventually(
    `${STATIONS} connected stations`,
    () => connected() === STATIONS && live.size === STATIONS,
  );
  const paths = new Set([...live].map(({ request }) => request.path));
  assert.deepEqual(paths, new Set(IDS.map((id) => `/ocpp/${id}`)));
}

/** Three ways to go: politely, by a reset, and in the middle of everything. */
const ENDS: Record<string, (live: Set<RawSession>) => void> = {
  "a polite close": (live) => live.forEach((session) => session.close(1012, "Service restart")),
  "resets": (live) => live.forEach((session) => session.reset()),
  "a kill": () => {},
};

Deno.test("1,000 stations outlive three restarts of their server, and none is there twice", async (t) => {
  const before = footprint();
  let peer = await RawPeer.start();
  let live = liveSessions(peer);
  const seen: Footprint[] = [];
  const print = async (what: string) => {
    seen.push(footprint());
    await t.step(`${what}: ${inWords(seen.at(-1)!)}`, () => {});
  };
  {
    await using real = realHarness({
      maxConcurrentDials: 50,
      pingIntervalMs: 1_000,
      retry: exponentialBackOff({
        baseMs: 200,
        maxMs: 1_000,
        jitter: 0.5,
        maxAttempts: 0,
        random: seededRandom(1),
      }),
      goodAfterMs: 200,
      shareReasonMs: 200,
    });
    for (const stationId of IDS) {
      real.add({ stationId, url: `${peer.url}/ocpp` });
      real.manager.connect(stationId);
    }
    await allConnectedOnce(real, live);
    await print("connected the first time");
    for (const [how, end] of Object.entries(ENDS)) {
      end(live);
      const { port } = peer;
      await peer[Symbol.asyncDispose]();
      await eventually(
        "every station to have failed once",
        () => IDS.every((id) => real.manager.statistics(id)!.reconnectAttempts > 0),
      );
      assert.equal(real.manager.census().connected, 0);
      peer = await RawPeer.start({ port });
      live = liveSessions(peer);
      await allConnectedOnce(real, live);
      await print(`connected again after ${how}`);
    }
    const { sent } = real.manager.broadcast("[2]");
    assert.equal(sent, STATIONS);
    for (const session of live) assert.equal(await session.nextText(), "[2]");
  }
  await eventually("the server to see all go", () => peer.open === 0);
  await peer[Symbol.asyncDispose]();
  await print("all gone");

  const [first, , , last, gone] = seen;
  withinBounds(first!, last!);
  withinBounds(before, gone!);
});

Deno.test("20,000 connects and disconnects of a few stations leave no descriptors behind", async (t) => {
  const few = 10;
  const cycles = 2_000;
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => Deno.upgradeWebSocket(request, { protocol: "ocpp1.6" }).response,
  );
  // What the harness would write down for 20,000 cycles must not be taken for a leak.
  await using real = realHarness({ log: silentLog });
  const waiting = new Map<string, () => void>();
  real.manager.changes.subscribe(({ stationId, to }) => {
    if (to.name === "connected") waiting.get(stationId)?.();
    real.changes.length = 0;
  });
  async function cycle(stationId: string, times: number): Promise<void> {
    for (let n = 0; n < times; n++) {
      const connected = new Promise<void>((resolve) => waiting.set(stationId, resolve));
      real.manager.connect(stationId);
      await connected;
      await real.manager.disconnect(stationId);
    }
  }
  const ids = IDS.slice(0, few);
  for (const stationId of ids) {
    real.add({ stationId, url: `ws://127.0.0.1:${server.addr.port}` });
  }
  const all = (times: number) =>
    within("the cycles", Promise.all(ids.map((id) => cycle(id, times))), 90_000);
  await all(cycles / 10);
  const warm = footprint();
  await t.step(`after ${few * cycles / 10} cycles: ${inWords(warm)}`, () => {});
  await all(cycles - cycles / 10);
  const end = footprint();
  await t.step(`after ${few * cycles} cycles: ${inWords(end)}`, () => {});
  withinBounds(warm, end);
  assert.equal(real.manager.census().disconnected, few);
});

/** Generous: server and harness live in this process too. One leak per connection breaks them. */
function withinBounds(from: Footprint, to: Footprint): void {
  const grown = `from ${inWords(from)} to ${inWords(to)}`;
  if (from.descriptors !== null && to.descriptors !== null) {
    assert(to.descriptors - from.descriptors <= 30, grown);
  }
  assert(to.heapMib - from.heapMib <= 20, grown);
  assert(to.residentMib - from.residentMib <= 300, grown);
}
