/**
 * The stations against a CSMS that others wrote: the server of the npm package ocpp-rpc in strict
 * mode, which holds every message against the official schemas.
 */
import assert from "node:assert/strict";
import { within } from "../support/connection_harness.ts";
import { type Params, RpcCsms } from "../support/ocpp_rpc.ts";
import { ready, serve, THREE } from "./support.ts";

/** What any CSMS asks a station. */
/** What a CSMS asks, and the status of the answer; `null`: an answer without one. */
const CALLS_16: readonly [string, Params, string | null][] = [
  ["GetConfiguration", {}, null],
  ["ClearCache", {}, "Accepted"],
  ["TriggerMessage", { requestedMessage: "Heartbeat" }, "Accepted"],
  ["Reset", { type: "Soft" }, "Accepted"],
];
const CALLS_2: readonly [string, Params, string | null][] = [
  ["GetLocalListVersion", {}, null],
  ["ClearCache", {}, "Accepted"],
  ["TriggerMessage", { requestedMessage: "Heartbeat" }, "Accepted"],
];

Deno.test("ocpp-rpc in strict mode accepts boot and heartbeat of all three versions", async () => {
  await using csms = await RpcCsms.start();
  await using program = await serve(csms.url, {
    stations: [
      {
        id: "CP16",
        serial_number: "SN-1",
        firmware_version: "1.2.3",
        iccid: "8949000000000000001",
        imsi: "262010000000001",
      },
      {
        id: "CP201",
        protocol_version: "2.0.1",
        serial_number: "SN-1",
        firmware_version: "1.2.3",
        iccid: "8949000000000000001",
        imsi: "262010000000001",
      },
      { id: "CP21", protocol_version: "2.1" },
    ],
  });
  const seen: Record<string, string> = {};
  for (let n = 0; n < 3; n++) {
    const { client } = await within("a boot", csms.boots.take());
    seen[client.identity!] = client.protocol!;
  }
  assert.deepEqual(seen, { CP16: "ocpp1.6", CP201: "ocpp2.0.1", CP21: "ocpp2.1" });
  for (const id of Object.keys(seen)) {
    await within(`a heartbeat of ${id}`, csms.heartbeats.take(({ identity }) => identity === id));
  }
  assert.deepEqual(csms.complaints, []);
  assert.equal((await ready(program)).status, 200);
  assert.equal(await program.stop(), 0);
});

Deno.test("ocpp-rpc in strict mode does complain of what is wrong, in all three versions", async () => {
  await using csms = await RpcCsms.start();
  await using program = await serve(csms.url);
  await ready(program);
  for (const { id } of THREE) {
    await program.post(`/api/connections/${id}/send`, '[2,"x","BootNotification",{"a":1}]');
    const complaint = await within("a complaint", csms.nextComplaint.take());
    assert.match(complaint, new RegExp(`^${id}: data must `));
  }
});

Deno.test("ocpp-rpc sees the identity `RDAM 123|ß` as it is", async () => {
  await using csms = await RpcCsms.start();
  await using program = await serve(csms.url, { stations: [{ id: "RDAM 123|ß" }] });
  const { client, params } = await within("a boot", csms.boots.take());
  assert.equal(client.identity, "RDAM 123|ß");
  assert.deepEqual(Object.keys(params), ["chargePointVendor", "chargePointModel"]);
  await within("a heartbeat", csms.heartbeats.take());
  assert.deepEqual(csms.complaints, []);
  const { body } = await program.get(`/api/connections/${encodeURIComponent("RDAM 123|ß")}`);
  assert.equal(body.stationId, "RDAM 123|ß");
  assert(body.url.endsWith("/ocpp/RDAM%20123%7C%C3%9F"));
  assert.equal(await program.stop(), 0);
});

Deno.test("ocpp-rpc finds our Basic passwords right: text, bytes, and of an odd identity", async () => {
  const text = (password: string) => new TextEncoder().encode(password);
  const key = "0001020304050607FFFFFFFFFFFFFFFFFFFFFFFF";
  await using csms = await RpcCsms.start({
    "TEXT": text("pässwörd of 20 chars"),
    "AL1000": Uint8Array.fromHex(key),
    "RDAM 123|ß": text("0123456789abcdef"),
    "WRONG": text("0123456789abcdef"),
  });
  const basic = (secret: object) => ({ type: "basic", ...secret });
  await using program = await serve(csms.url, {
    stations: [
      { id: "TEXT", protocol_version: "2.0.1", auth: basic({ password: "pässwörd of 20 chars" }) },
      { id: "AL1000", auth: basic({ authorization_key: key }) },
      { id: "RDAM 123|ß", auth: basic({ password: "0123456789abcdef" }) },
      { id: "WRONG", auth: basic({ password: "fedcba9876543210" }) },
    ],
  });
  const booted: string[] = [];
  for (let n = 0; n < 3; n++) {
    const { client } = await within("a boot", csms.boots.take());
    booted.push(client.identity!);
  }
  assert.deepEqual(booted.sort(), ["AL1000", "RDAM 123|ß", "TEXT"]);
  const line = await program.logged(/^Cannot connect/, { station: "WRONG" });
  assert.match(line.message, /HTTP 401/);
  assert.deepEqual(csms.complaints, []);
  assert.equal(await program.stop(), 0);
});

Deno.test("a CALL of ocpp-rpc gets an answer that its strict mode accepts", async () => {
  await using csms = await RpcCsms.start();
  await using program = await serve(csms.url);
  for (let n = 0; n < 3; n++) {
    const { client } = await within("a boot", csms.boots.take());
    // Its first heartbeat tells that the station knows of its acceptance.
    await within("a heartbeat", csms.heartbeats.take((one) => one === client));
    for (const [action, params, status] of client.protocol === "ocpp1.6" ? CALLS_16 : CALLS_2) {
      const answer = await within(`an answer to ${action}`, client.call(action, params));
      assert.equal((answer as Params).status ?? null, status, action);
    }
  }
  assert.deepEqual(csms.complaints, []);
  assert(!program.log.some(({ message }) => /breaks a rule/.test(message)), "nor do we complain");
  assert.equal(await program.stop(), 0);
});
