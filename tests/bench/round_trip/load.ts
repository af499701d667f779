/**
 * One client process of the round-trip benchmark: makes its connections, sends CALLs over each for a
 * while, one at a time, and prints what that cost this process as one line of JSON.
 *
 * Arguments: kind (`native`, `ocpp-emu`, `ocpp-rpc`), URL, connections, milliseconds.
 */
import process from "node:process";
import { RPCClient } from "ocpp-rpc";
import { SystemClock } from "../../../src/clock/mod.ts";
import {
  ConnectionManager,
  createDenoDial,
  exponentialBackOff,
} from "../../../src/connection/mod.ts";
import { silentLog } from "../../../src/log/mod.ts";
import { loadVersion, messageIds } from "../../../src/ocpp/mod.ts";
import { Rpc } from "../../../src/station/line/rpc.ts";
import { print } from "../print.ts";

/** A MeterValues of 1.6, about 200 bytes on the wire: the message that a charging fleet sends most. */
const ACTION = "MeterValues";
const PAYLOAD = {
  connectorId: 1,
  transactionId: 4711,
  meterValue: [{
    timestamp: "2026-01-01T00:00:00.000Z",
    sampledValue: [{ value: "12345", measurand: "Energy.Active.Import.Register", unit: "Wh" }],
  }],
};

/** Makes one CALL and resolves when it is answered. */
type RoundTrip = () => Promise<unknown>;

/** Opens a connection. */
type Connect = (url: string, number: number) => Promise<RoundTrip>;

function native(): Connect {
  return (url, number) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${url}/N${number}`, "ocpp1.6");
      let answered = () => {};
      let count = 0;
      socket.onmessage = () => answered();
      socket.onopen = () =>
        resolve(() =>
          new Promise<void>((done) => {
            answered = done;
            socket.send(JSON.stringify([2, `${number}-${count++}`, ACTION, PAYLOAD]));
          })
        );
    });
}

async function emulator(): Promise<Connect> {
  const clock = new SystemClock();
  const version = await loadVersion("1.6");
  const newId = messageIds(clock, Math.random);
  const manager = new ConnectionManager({
    dial: createDenoDial({ clock, log: silentLog, shareReasonMs: 1000 }).dial,
    clock,
    log: silentLog,
    connectionTimeoutMs: 10_000,
    closeTimeoutMs: 1_000,
    pingIntervalMs: 30_000,
    sendQueue: 100,
    maxConcurrentDials: 100,
    goodAfterMs: 1_000,
    retry: exponentialBackOff({
      baseMs: 1000,
      maxMs: 1000,
      jitter: 0,
      maxAttempts: 1,
      random: Math.random,
    }),
  });
  return (url, number) =>
    new Promise((resolve) => {
      const rpc = new Rpc({
        clock,
        log: silentLog,
        newId,
        callTimeoutMs: () => 30_000,
        strictness: "strict",
        answer: () => Promise.resolve(null),
        answered: () => {},
      });
      const stationId = `E${number}`;
      const connection = manager.add({
        stationId,
        url,
        subprotocols: ["ocpp1.6"],
        owner: {
          opened() {
            rpc.connected(connection, version, true);
            resolve(async () => {
              const outcome = await rpc.call(ACTION, PAYLOAD);
              if (outcome.kind !== "result") throw new Error(JSON.stringify(outcome));
            });
          },
          received: (text) => rpc.received(text),
        },
      });
      manager.connect(stationId);
    });
}

function ocppRpc(): Connect {
  return async (url, number) => {
    const options = {
      endpoint: url,
      identity: `R${number}`,
      protocols: ["ocpp1.6"],
      strictMode: true,
    };
    // Its types want every option, its documentation does not.
    const client = new RPCClient(options as ConstructorParameters<typeof RPCClient>[0]);
    await client.connect();
    return () => client.call(ACTION, PAYLOAD);
  };
}

const [kind, url = "", connections = "1", ms = "1000"] = Deno.args;
const connect = kind === "native" ? native() : kind === "ocpp-emu" ? await emulator() : ocppRpc();
const lines: RoundTrip[] = [];
for (let number = 0; number < Number(connections); number++) lines.push(await connect(url, number));

async function drive(until: number): Promise<number> {
  const counts = await Promise.all(lines.map(async (roundTrip) => {
    let count = 0;
    for (; performance.now() < until; count++) await roundTrip();
    return count;
  }));
  return counts.reduce((sum, count) => sum + count, 0);
}

await drive(performance.now() + Number(ms) / 3); // the compilers warm up
const before = process.cpuUsage();
const start = performance.now();
const roundTrips = await drive(start + Number(ms));
const { user, system } = process.cpuUsage(before);
const seconds = (performance.now() - start) / 1000;
print(JSON.stringify({ roundTrips, seconds, cpuMicros: user + system }));
Deno.exit(0);
