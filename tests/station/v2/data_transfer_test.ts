import assert from "node:assert/strict";
import { dataTransfer, takeDataTransfer } from "../../../src/station/v2/data_transfer.ts";
import { fakeCharger } from "../v16/fake_charger.ts";
import { ODD_VALUES, oddPayloads } from "../v16/support.ts";
import { obey, obeyAnything, reasonOf, spell } from "./support.ts";

Deno.test("P02: data of any kind go to the CSMS as they are", () => {
  for (const data of ["text", 7, { a: [1] }]) {
    const said = spell(dataTransfer, { vendorId: "ACME", messageId: "M", data });
    assert.deepEqual(said, { vendorId: "ACME", messageId: "M", data });
  }
  const bare = spell(dataTransfer, { vendorId: "ACME", messageId: null, data: null });
  assert.deepEqual(bare, { vendorId: "ACME" });
});

Deno.test("P02: the answer is handed on; an odd one is a refusal", () => {
  const answer = { status: "Accepted", data: { a: 1 } };
  assert.deepEqual(dataTransfer.answer(answer), answer);
  assert.deepEqual(dataTransfer.answer({}), { status: "Rejected", data: null });
});

Deno.test("P01: Echo of the station's own vendor is answered with its data", async () => {
  for (const data of ["text", { a: [1] }, 7]) {
    const request = { vendorId: "OCPP-EMU", messageId: "echo", data };
    const { payload } = await obey("DataTransfer", takeDataTransfer, fakeCharger(), request);
    assert.deepEqual(payload, { status: "Accepted", data });
  }
});

Deno.test("P01: what is not known is answered by what is not known of it", async () => {
  const status = async (request: { vendorId: string; messageId?: string }) =>
    (await obey("DataTransfer", takeDataTransfer, fakeCharger(), request)).payload.status;
  assert.equal(await status({ vendorId: "ACME", messageId: "Echo" }), "UnknownVendorId");
  assert.equal(await status({ vendorId: "ocpp-emu", messageId: "M" }), "UnknownMessageId");
  assert.equal(await status({ vendorId: "ocpp-emu" }), "Rejected");
});

Deno.test("P01: a refusal says what is missing", async () => {
  const request = { vendorId: "ocpp-emu" };
  const { payload } = await obey("DataTransfer", takeDataTransfer, fakeCharger(), request);
  assert.equal(reasonOf(payload), "MissingParam");
});

Deno.test("P01: odd requests get a proper answer", async () => {
  const good = { vendorId: "ocpp-emu", messageId: "Echo", data: 1 };
  for (const odd of oddPayloads(good)) {
    await obeyAnything("DataTransfer", takeDataTransfer, fakeCharger(), odd);
  }
  for (const odd of ODD_VALUES) dataTransfer.answer({ status: odd, data: odd } as never);
});
