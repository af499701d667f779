/**
 * Every action there is, against software that others wrote: what our stations may say to ocpp-rpc's
 * server, what its server may ask our stations, and what its client may say to our CSMS. All of it in
 * strict mode, so each side checks the other with schemas of its own.
 */
import assert from "node:assert/strict";
import { seededRandom, SystemClock } from "../../src/clock/mod.ts";
import { startCsms } from "../../src/csms/mod.ts";
import { createLog, memorySink, silentLog } from "../../src/log/mod.ts";
import {
  loadVersion,
  messageIds,
  type Payload,
  SUBPROTOCOLS,
  type VersionId,
  writeResult,
} from "../../src/ocpp/mod.ts";
import { Rpc } from "../../src/station/line/rpc.ts";
import { officialSchemas } from "../../tools/schemas/official.ts";
import { validPayload } from "../ocpp/schema_payloads.ts";
import { realHarness, within } from "../support/connection_harness.ts";
import { Inbox } from "../support/inbox.ts";
import { type Params, type RpcClient, RpcCsms, rpcStation } from "../support/ocpp_rpc.ts";

const VERSIONS: readonly VersionId[] = ["1.6", "2.0.1", "2.1"];

/** A payload of any schema, with all of its optional fields. */
async function payloadsOf(id: VersionId) {
  const official = await officialSchemas(id);
  const random = seededRandom(7);
  return (action: string, role: "request" | "response"): Payload => {
    const { schema } = official.find((one) => one.action === action && one.role === role)!;
    return validPayload(schema, random, 1) as Payload;
  };
}

/** What may be sent in one direction as a CALL. */
async function actionsFrom(id: VersionId, sender: "station" | "csms"): Promise<string[]> {
  const { actions } = await loadVersion(id);
  return [...actions.values()]
    .filter(({ from, messageType }) =>
      messageType === "call" && (from === sender || from === "both")
    )
    .map(({ name }) => name);
}

/** Our side of one connection: real sockets, and an answer to every CALL. */
async function connectOurs(url: string, id: VersionId, answer: (action: string) => Payload) {
  const real = realHarness();
  const sink = memorySink();
  const version = await loadVersion(id);
  const rpc = new Rpc({
    clock: real.clock,
    log: createLog({ level: "warn", format: "text", sink, clock: real.clock }),
    newId: messageIds(real.clock, seededRandom(1)),
    callTimeoutMs: () => 5_000,
    strictness: "strict",
    answer: (_, call) => Promise.resolve(writeResult(call.id, answer(call.action))),
    answered: () => {},
  });
  const { connection } = real.add({
    url,
    subprotocols: [SUBPROTOCOLS[id]],
    owner: {
      opened: () => rpc.connected(connection, version, true),
      received: (text) => rpc.received(text),
      closed: ({ message }) => rpc.disconnected(message),
    },
  });
  real.manager.connect(connection.stationId);
  await real.reaches("connected");
  return {
    rpc,
    complaints: () => [
      ...sink.lines,
      ...[...real.logLines, ...real.dialLines].filter((line) => /WARN|ERROR/.test(line)),
    ],
    [Symbol.asyncDispose]: () => real[Symbol.asyncDispose](),
  };
}

for (const id of VERSIONS) {
  Deno.test(`${id}: ocpp-rpc's server accepts every action that a station may send`, async () => {
    const payload = await payloadsOf(id);
    await using csms = await RpcCsms.start();
    csms.onClient = (client) =>
      client.handle(({ method }) => Promise.resolve(payload(method, "response")));
    await using ours = await connectOurs(csms.url, id, () => ({}));
    for (const action of await actionsFrom(id, "station")) {
      const outcome = await ours.rpc.call(action, payload(action, "request"));
      assert.equal(outcome.kind, "result", `${action}: ${JSON.stringify(outcome)}`);
    }
    assert.deepEqual(csms.complaints, []);
    assert.deepEqual(ours.complaints(), []);
  });

  Deno.test(`${id}: every call of ocpp-rpc's server reaches us, and its strict mode takes the answer`, async () => {
    const payload = await payloadsOf(id);
    await using csms = await RpcCsms.start();
    const clients = new Inbox<RpcClient>();
    csms.onClient = (client) => clients.put(client);
    const asked: string[] = [];
    await using ours = await connectOurs(csms.url, id, (action) => {
      asked.push(action);
      return payload(action, "response");
    });
    const client = await within("the client", clients.take());
    const actions = await actionsFrom(id, "csms");
    for (const action of actions) {
      await within(action, client.call(action, payload(action, "request") as Params));
    }
    assert.deepEqual(asked, actions);
    assert.deepEqual(csms.complaints, []);
    assert.deepEqual(ours.complaints(), []);
  });

  Deno.test(`${id}: our CSMS answers every action of ocpp-rpc's client, and its strict mode agrees`, async () => {
    const payload = await payloadsOf(id);
    const clock = new SystemClock();
    await using csms = await startCsms({ clock, random: seededRandom(1), log: silentLog });
    const station = await rpcStation(csms.url, "CP1", SUBPROTOCOLS[id]);
    try {
      for (const action of await actionsFrom(id, "station")) {
        await within(action, station.call(action, payload(action, "request")));
      }
    } finally {
      await station.close();
    }
    assert.deepEqual(csms.violations, []);
  });
}
