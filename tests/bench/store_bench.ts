/**
 * What the store costs: commits one by one and in groups, frames per second with the log on and off side
 * by side, bytes per frame, and a log of 1,000,000 messages: reopening it, and asking it over HTTP.
 *
 *     deno run -q -A tests/bench/store_bench.ts
 */
import process from "node:process";
import { type Clock, SystemClock } from "../../src/clock/mod.ts";
import { silentLog } from "../../src/log/mod.ts";
import { createHttp } from "../../src/http/mod.ts";
import { type NewMessage, openStore, type Store } from "../../src/store/mod.ts";
import { fakeWorld } from "../http/fake_ports.ts";
import { median } from "./median.ts";
import { print } from "./print.ts";

const MILLION = 1_000_000;
const clock: Clock = new SystemClock();
const folder = Deno.makeTempDirSync({ prefix: "ocpp-emu-store-bench-" });
const METER_VALUES = JSON.stringify([2, "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "MeterValues", {
  connectorId: 1,
  transactionId: 4711,
  meterValue: [{
    timestamp: "2026-01-01T00:00:00.000Z",
    sampledValue: [
      { value: "1234567", measurand: "Energy.Active.Import.Register", unit: "Wh" },
      { value: "11040.5", measurand: "Power.Active.Import", unit: "W" },
    ],
  }],
}]);

function open(name: string): Store {
  return openStore({
    path: `${folder}/${name}.db`,
    kinds: { queue: { version: 1 } },
    messageRetention: 2 * MILLION,
    messageMaxAgeMs: 30 * 24 * 3_600_000,
    clock,
    log: silentLog,
  });
}

function frame(n: number, stations: number, at = clock.now()): NewMessage {
  const isAnswer = n % 2 === 1;
  const text = isAnswer ? '[3,"1b4e28ba-2fa1-11d2-883f-0016d3cca427",{}]' : METER_VALUES;
  return {
    at,
    stationId: `CP${String(n % stations).padStart(5, "0")}`,
    direction: isAnswer ? "in" : "out",
    type: n % 1_000 === 7 ? "error" : isAnswer ? "result" : "call",
    action: n % 5_000 < 2 ? "StartTransaction" : "MeterValues",
    id: "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
    text,
    bytes: text.length,
    latencyMs: isAnswer ? 3.25 : null,
    error: null,
  };
}

async function benchCommits(): Promise<void> {
  using store = disposable(open("commits"));
  const value = { text: METER_VALUES, attempts: 0 };
  for (const together of [1, 10, 100, 1_000]) {
    const rounds = Math.max(20, Math.round(500 / together));
    const since = clock.monotonic();
    for (let round = 0; round < rounds; round++) {
      await Promise.all(
        Array.from(
          { length: together },
          (_, n) => store.commit((write) => write.put("queue", `CP${n}/1`, value)),
        ),
      );
    }
    const seconds = (clock.monotonic() - since) / 1_000;
    print(`${String(together).padStart(5)} commits at once: ${rate(rounds * together / seconds)}`);
  }
}

/** JSON.parse stands for what a frame costs anyway; the rests let the log write, as sockets would. */
async function benchFrames(log: Store | null, ms: number): Promise<number> {
  const since = clock.monotonic();
  let count = 0;
  while (clock.monotonic() - since < ms) {
    for (let n = 0; n < 200; n++, count++) {
      const message = frame(count, 1_000);
      JSON.parse(message.text);
      log?.messages.append(message);
    }
    await clock.sleep(0);
  }
  return count / ms * 1_000;
}

async function benchLogOnAndOff(): Promise<void> {
  using store = disposable(open("frames"));
  const on: number[] = [], off: number[] = [];
  for (let round = 0; round < 5; round++) {
    off.push(await benchFrames(null, 1_000));
    on.push(await benchFrames(store, 1_000));
  }
  const { shed, rows } = store.messages.statistics();
  print(`log off: ${rate(median(off))}; on: ${rate(median(on))}; ${rows} logged, ${shed} shed`);
}

async function benchAppend(): Promise<void> {
  using store = disposable(open("append"));
  const message = frame(0, 1);
  const costs: number[] = [];
  for (let round = 0; round < 20; round++) {
    while (store.messages.statistics().waiting > 0) await clock.sleep(50);
    const since = clock.monotonic();
    for (let n = 0; n < 4_000; n++) store.messages.append(message);
    costs.push((clock.monotonic() - since) * 1_000 / 4_000);
  }
  const { shed } = store.messages.statistics();
  print(`append: ${median(costs).toFixed(2)} µs each, ${shed} shed`);
}

/** `cpuPerFrame`: microseconds for making a frame, appending it and writing it; none is trimmed. */
async function fill(
  stations: number,
  count: number,
): Promise<{ writtenPerFrame: number; cpuPerFrame: number }> {
  const store = open(`filled-${stations}`);
  const before = bytesWritten();
  const cpuBefore = process.cpuUsage();
  const from = clock.now() - count;
  for (let n = 0; n < count;) {
    for (let batch = 0; batch < 2_000 && n < count; batch++, n++) {
      store.messages.append(frame(n, stations, from + n));
    }
    while (store.messages.statistics().waiting > 2_000) await clock.sleep(5);
  }
  store.close();
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    writtenPerFrame: (bytesWritten() - before) / count,
    cpuPerFrame: (user + system) / count,
  };
}

/** What this process has given to the file system; Linux only. */
function bytesWritten(): number {
  return Number(/^wchar: (\d+)/m.exec(Deno.readTextFileSync("/proc/self/io"))?.[1] ?? NaN);
}

async function benchMillion(stations: number): Promise<void> {
  const { writtenPerFrame, cpuPerFrame } = await fill(stations, MILLION);
  const size = Deno.statSync(`${folder}/filled-${stations}-messages.db`).size / MILLION;
  print(
    `${stations} stations, 1,000,000 messages: ${cpuPerFrame.toFixed(2)} µs CPU a frame, ${
      size.toFixed(0)
    } bytes in the file, ${writtenPerFrame.toFixed(0)} written`,
  );
  const since = clock.monotonic();
  using store = disposable(open(`filled-${stations}`));
  print(`  reopened in ${(clock.monotonic() - since).toFixed(1)} ms`);
  const queries = [
    "",
    "stationId=CP00000",
    "stationId=CP00000&action=StartTransaction",
    "action=StartTransaction",
    "type=error",
    "direction=in&type=result&since=1h",
    "q=nowhere",
  ];
  for (const query of queries) await benchQuery(store, query);
}

async function benchQuery(store: Store, query: string): Promise<void> {
  const app = createHttp({ ...fakeWorld().ports, clock, messages: store.messages });
  const path = `/api/messages?${query}`;
  const costs: number[] = [];
  let answer = "";
  for (let round = 0; round < 9; round++) {
    const since = clock.monotonic();
    const { messages, next } = await (await app.request(path)).json();
    costs.push(clock.monotonic() - since);
    answer = `${messages.length} found${next === null ? "" : ", more to come"}`;
  }
  const [middle, most] = [median(costs), Math.max(...costs)].map((ms) => ms.toFixed(1).padStart(6));
  print(`  GET ${path}: ${middle} ms, at most ${most} ms, ${answer}`);
}

function disposable(store: Store): Store & Disposable {
  return Object.assign(store, { [Symbol.dispose]: () => store.close() });
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString("en")} /s`;
}

try {
  await benchCommits();
  await benchAppend();
  await benchLogOnAndOff();
  await benchMillion(1);
  await benchMillion(10_000);
} finally {
  Deno.removeSync(folder, { recursive: true });
}
