import assert from "node:assert/strict";
import { FakeTransport, refused } from "../../support/fake_transport.ts";
import { rosterHarness } from "../../support/roster_harness.ts";
import { HOUR_MS, TAG } from "../sessions.ts";

const STATIONS = 50;
/** What `open_world.ts` allows. */
const PER_SECOND = 500;

interface Heard {
  readonly url: string;
  readonly at: number;
  /** Milliseconds since 1970. */
  readonly said: number;
}

Deno.test("after an outage the messages of a fleet come at a bounded rate, each station's in order", async () => {
  const ids = Array.from({ length: STATIONS }, (_, n) => `CP${n}`);
  const h = await rosterHarness();
  const heard: Heard[] = [];
  const transports: FakeTransport[] = [];
  const isUp = { now: true };
  h.network.willAnswer(({ say, target }) => {
    if (!isUp.now) return refused();
    const transport = new Csms(say, (payload) => {
      const said = Date.parse(payload.timestamp ?? payload.meterValue![0]!.timestamp);
      heard.push({ url: target.url, at: h.clock.now(), said });
    }, () => h.clock.now());
    transports.push(transport);
    return transport;
  });
  await h.done(h.roster.import(ids.map((id) => ({ id, connectors: [{ id: 1 }] }))));
  await h.clock.advance(1_000);
  for (const id of ids) void h.fleet.driver(id)!.startTransaction(1, TAG);
  await h.clock.advance(1_000);
  assert.equal(heard.length, STATIONS, "all have started");

  isUp.now = false;
  for (const transport of transports) transport.end();
  await h.clock.advance(HOUR_MS);
  const { queued } = h.fleet.census();
  assert(queued > 2 * PER_SECOND, `${queued} wait`);

  isUp.now = true;
  heard.length = 0;
  for (const id of ids) h.fleet.connect(id);
  const begun = h.clock.now();
  for (let step = 0; h.fleet.census().queued > 0; step++) {
    assert(step < 1_000, "it drains");
    await h.clock.advance(50);
  }
  const seconds = (heard.at(-1)!.at - begun) / 1_000;
  assert(seconds >= queued / PER_SECOND - 1, `${queued} in ${seconds} s`);
  assert(seconds <= 2 * queued / PER_SECOND + 1, `${queued} in ${seconds} s`);
  for (const [at, { at: first }] of heard.entries()) {
    const later = heard[at + PER_SECOND + 1];
    assert(later === undefined || later.at - first >= 1_000, "more than 500 in a second");
  }
  for (const url of new Set(heard.map(({ url }) => url))) {
    const times = heard.filter((one) => one.url === url).map(({ said }) => said);
    assert.deepEqual(times, times.toSorted((a, b) => a - b), url);
  }
  await h.over();
});

interface Payload {
  readonly timestamp?: string;
  readonly meterValue?: readonly { readonly timestamp: string }[];
}

/** Answers at once, and tells of what belongs to transactions. */
class Csms extends FakeTransport {
  readonly #say: (text: string) => void;
  readonly #heard: (payload: Payload) => void;
  readonly #now: () => number;

  constructor(say: (text: string) => void, heard: (payload: Payload) => void, now: () => number) {
    super("ocpp1.6");
    this.#say = say;
    this.#heard = heard;
    this.#now = now;
  }

  override send(text: string): void {
    const [type, id, action, payload] = JSON.parse(text);
    if (type !== 2) return;
    if (action === "StartTransaction" || action === "MeterValues") this.#heard(payload);
    const currentTime = new Date(this.#now()).toISOString();
    const idTagInfo = { status: "Accepted" };
    const answers: Record<string, object> = {
      BootNotification: { status: "Accepted", currentTime, interval: 600 },
      Heartbeat: { currentTime },
      Authorize: { idTagInfo },
      StartTransaction: { idTagInfo, transactionId: 7 },
    };
    queueMicrotask(() => this.#say(JSON.stringify([3, id, answers[action] ?? {}])));
  }
}
