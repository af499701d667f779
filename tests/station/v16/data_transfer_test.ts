import assert from "node:assert/strict";
import { dataTransfer, takeDataTransfer } from "../../../src/station/v16/data_transfer.ts";
import { fakeCharger } from "./fake_charger.ts";
import { obey, obeyAnything, oddPayloads, spell } from "./support.ts";

Deno.test("§4.3: data that are a text go as they are, all else as JSON, nothing is left out", () => {
  const send = (data: unknown) => spell(dataTransfer, { vendorId: "ACME", messageId: null, data });
  assert.deepEqual(send("plain"), { vendorId: "ACME", data: "plain" });
  assert.deepEqual(send({ a: [1] }), { vendorId: "ACME", data: '{"a":[1]}' });
  assert.deepEqual(send(0), { vendorId: "ACME", data: "0" });
  assert.deepEqual(send(null), { vendorId: "ACME" });
  assert.deepEqual(send(undefined), { vendorId: "ACME" });
});

Deno.test("§4.3: a message id goes along", () => {
  const event = { vendorId: "ACME", messageId: "Price", data: null };
  assert.deepEqual(spell(dataTransfer, event), { vendorId: "ACME", messageId: "Price" });
});

for (const status of ["Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId"]) {
  Deno.test(`§4.3: the answer ${status} is handed on with its data`, () => {
    assert.deepEqual(dataTransfer.answer({ status }), { status, data: null });
    assert.deepEqual(dataTransfer.answer({ status, data: "x" }), { status, data: "x" });
  });
}

Deno.test("§4.3: an answer without a status is no consent", () => {
  for (const odd of oddPayloads({ status: "Rejected", data: "" })) dataTransfer.answer(odd);
  assert.deepEqual(dataTransfer.answer({}), { status: "Rejected", data: null });
});

const obeyTransfer = (request: { vendorId: string; messageId?: string; data?: string }) =>
  obey("DataTransfer", takeDataTransfer, fakeCharger(), request);

Deno.test("§5.6: another vendor's message is UnknownVendorId, without data", async () => {
  const { payload } = await obeyTransfer({ vendorId: "ACME", messageId: "Echo", data: "x" });
  assert.deepEqual(payload, { status: "UnknownVendorId" });
});

Deno.test("§5.6: a message that is not known is UnknownMessageId, without data", async () => {
  const { payload } = await obeyTransfer({ vendorId: "ocpp-emu", messageId: "Dance", data: "x" });
  assert.deepEqual(payload, { status: "UnknownMessageId" });
});

Deno.test("§5.6: the station's own vendor may ask for an echo, whatever the case", async () => {
  const whole = { vendorId: "OCPP-EMU", messageId: "echo", data: "Hello" };
  assert.deepEqual((await obeyTransfer(whole)).payload, { status: "Accepted", data: "Hello" });
  const { payload } = await obeyTransfer({ vendorId: "ocpp-emu", messageId: "Echo" });
  assert.equal(payload.status, "Accepted");
  assert.equal(payload.data, undefined);
});

Deno.test("§5.6: data for the station's own vendor without a message are Rejected", async () => {
  const { payload } = await obeyTransfer({ vendorId: "ocpp-emu", data: "x" });
  assert.deepEqual(payload, { status: "Rejected" });
});

Deno.test("§5.6: odd requests get a proper answer", async () => {
  const good = { vendorId: "ocpp-emu", messageId: "Echo", data: "x" };
  for (const odd of oddPayloads(good)) {
    await obeyAnything("DataTransfer", takeDataTransfer, fakeCharger(), odd);
  }
});
