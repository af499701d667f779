import assert from "node:assert/strict";
import { VirtualClock } from "../../src/clock/mod.ts";
import {
  connectionFamilies,
  fleetFamilies,
  LoopDelay,
  type MetricFamily,
  processFamilies,
  storeFamilies,
  trafficFamilies,
} from "../../src/http/mod.ts";
import { writeMetrics } from "../../src/http/prometheus.ts";
import { Histogram, Traffic } from "../../src/station/mod.ts";
import { StoreError } from "../../src/store/mod.ts";
import { fakeWorld } from "./fake_ports.ts";

const CENSUS = {
  disconnected: 0,
  connecting: 1,
  connected: 2,
  reconnecting: 3,
  error: 4,
  closed: 5,
};

const PART = { bytes: 4096, waiting: 1, shed: 2, transactions: 3, lastError: null };

function storeWith(rows: number) {
  return {
    health: "connected",
    statistics: () => ({ documents: PART, messages: { ...PART, lastError: "disk full", rows } }),
  } as const;
}

function busyTraffic(): Traffic {
  const traffic = new Traffic();
  traffic.frame("out", "call", 100);
  traffic.frame("in", "result", 50);
  traffic.answered("Heartbeat", "out", "result", 7);
  traffic.answered("Heartbeat", "out", "error", 60_000);
  traffic.answered('Evil"\n', "in", "result", 1);
  traffic.unanswered("Reset", "in");
  const cause = { kind: "refused", message: "no" } as const;
  const to = { name: "reconnecting", cause, retryAt: 0 } as const;
  traffic.changed({ stationId: "CP1", at: 0, from: { name: "connecting" }, to, ended: null });
  return traffic;
}

/** Everything that the program has, in figures. */
function allFamilies(): MetricFamily[] {
  return [
    ...connectionFamilies({ census: () => CENSUS, queued: 6 }, busyTraffic()),
    ...trafficFamilies(busyTraffic()),
    ...fleetFamilies({
      registrations: { unknown: 1, accepted: 2, pending: 0, rejected: 0 },
      transactions: 3,
      queued: 4,
    }),
    ...storeFamilies(storeWith(9)),
    ...processFamilies({
      version: "1.2.3",
      uptimeMs: 1500,
      memory: { rss: 1, heapUsed: 2, external: 3 },
      loopDelays: new Histogram([5, 50]),
    }),
  ];
}

Deno.test("/metrics is Prometheus text 0.0.4", async () => {
  const world = fakeWorld();
  world.metrics.push(...allFamilies());
  const answer = await world.app.request("/metrics");
  assert.equal(answer.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  assert.equal(await answer.text(), writeMetrics(allFamilies()));
});

Deno.test("every line is a sample of the family above it, every family has HELP and TYPE once", () => {
  const seen = new Set<string>();
  const samples = new Set<string>();
  let family = "";
  for (const line of writeMetrics(allFamilies()).trimEnd().split("\n")) {
    const head = /^# HELP ([a-z_]+) .+$/.exec(line)?.[1];
    if (head !== undefined) {
      assert(!seen.has(head), head);
      seen.add(family = head);
      continue;
    }
    if (/^# TYPE [a-z_]+ (counter|gauge|histogram)$/.test(line)) continue;
    const label = '[a-z]+="(?:[^"\\\\]|\\\\["\\\\n])*"';
    const sample = new RegExp(`^([a-z_]+)(\\{${label}(,${label})*\\})? (\\+Inf|NaN|-?[0-9.e+]+)$`);
    const [, name = "", labels = ""] = sample.exec(line) ?? [];
    assert.match(name, new RegExp(`^${family}(_bucket|_sum|_count)?$`), line);
    assert(!samples.has(name + labels), `twice: ${line}`);
    samples.add(name + labels);
  }
  assert(seen.size > 20);
});

Deno.test("the figures are those of connections, dials, frames, calls, stations and store", () => {
  const text = writeMetrics(allFamilies());
  for (
    const line of [
      'ocpp_emu_connections{state="connected"} 2',
      'ocpp_emu_connections{state="closed"} 5',
      "ocpp_emu_send_queue_messages 6",
      'ocpp_emu_reconnects_total{cause="refused"} 1',
      'ocpp_emu_frames_total{direction="out",type="call"} 1',
      'ocpp_emu_frames_total{direction="in",type="garbage"} 0',
      'ocpp_emu_frame_bytes_total{direction="in"} 50',
      'ocpp_emu_calls_total{action="Heartbeat",direction="out",result="error"} 1',
      'ocpp_emu_calls_total{action="Reset",direction="in",result="unanswered"} 1',
      'ocpp_emu_calls_total{action="other",direction="in",result="result"} 1',
      'ocpp_emu_stations{registration="accepted"} 2',
      "ocpp_emu_transactions_running 3",
      "ocpp_emu_outbox_messages 4",
      "ocpp_emu_store_healthy 1",
      'ocpp_emu_store_writes_total{part="documents"} 3',
      'ocpp_emu_store_has_failed{part="messages"} 1',
      "ocpp_emu_message_log_rows 9",
      'ocpp_emu_build_info{version="1.2.3"} 1',
      "ocpp_emu_uptime_seconds 1.5",
    ]
  ) assert(text.includes(`\n${line}\n`), line);
});

Deno.test("a histogram is cumulative, in seconds, and ends with +Inf", () => {
  const family = trafficFamilies(busyTraffic()).find(({ type }) => type === "histogram")!;
  const lines = writeMetrics([family]).split("\n").filter((line) => /Heartbeat/.test(line));
  const labels = 'action="Heartbeat",direction="out"';
  const name = "ocpp_emu_call_duration_seconds";
  assert(lines.includes(`${name}_bucket{${labels},le="0.005"} 0`));
  assert(lines.includes(`${name}_bucket{${labels},le="0.01"} 1`));
  assert(lines.includes(`${name}_bucket{${labels},le="30"} 1`));
  assert.deepEqual(lines.slice(-3), [
    `${name}_bucket{${labels},le="+Inf"} 2`,
    `${name}_sum{${labels}} 60.007`,
    `${name}_count{${labels}} 2`,
  ]);
});

Deno.test("labels and help are escaped, and odd values are written as Prometheus reads them", () => {
  const text = writeMetrics([{
    name: "x",
    help: "a\\b\nc",
    type: "gauge",
    samples: [
      { labels: { l: 'a"b\\c\nd' }, value: Infinity },
      { value: -Infinity },
      { value: NaN },
    ],
  }]);
  assert.equal(
    text,
    '# HELP x a\\\\b\\nc\n# TYPE x gauge\nx{l="a\\"b\\\\c\\nd"} +Inf\nx -Inf\nx NaN\n',
  );
});

Deno.test("a store that cannot even be asked is not healthy, and hides no other figure", () => {
  const families = storeFamilies({
    health: "failed",
    statistics: () => {
      throw new StoreError("read", "failed");
    },
  });
  assert.match(writeMetrics(families), /^ocpp_emu_store_healthy 0$/m);
});

Deno.test("labels stay the same few however many stations, ids and actions there are", () => {
  const traffic = new Traffic();
  for (let n = 0; n < 10_000; n++) {
    traffic.answered(`Action${n}`, n % 2 === 0 ? "in" : "out", "result", n);
  }
  assert(writeMetrics(trafficFamilies(traffic)).split("\n").length < 80);
});

Deno.test("the delay of the event loop is measured while it runs, and no longer", async () => {
  const clock = new VirtualClock();
  const delay = new LoopDelay(clock);
  assert.equal(clock.pending, 0);
  delay.start();
  delay.start();
  assert.equal(clock.pending, 1);
  await clock.advance(10_000);
  assert.deepEqual([delay.delays.counts[0], delay.delays.sum], [20, 0]);
  delay.stop();
  assert.equal(clock.pending, 0);
});

Deno.test("a timer that fires late is a delay; one that the clock may round up is not measured", () => {
  let now = 0;
  let waitMs = 0;
  let fire = () => {};
  const clock = Object.assign(new VirtualClock(), {
    monotonic: () => now,
    after: (ms: number, run: () => void) => {
      waitMs = ms;
      fire = run;
      return () => {};
    },
  });
  const delay = new LoopDelay(clock);
  delay.start();
  now += waitMs + 7;
  fire();
  assert(waitMs < 64, `the clock may round ${waitMs} ms up`);
  now += waitMs + 30;
  fire();
  assert.equal(delay.delays.sum, 30);
});
