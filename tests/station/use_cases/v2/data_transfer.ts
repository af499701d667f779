import assert from "node:assert/strict";
import { answers, driven } from "../support.ts";
import { ACCEPTED } from "./support.ts";
import { useCase } from "./use_case.ts";

const ACME = { station: { vendor: "ACME" } };

useCase(
  ["P01"],
  "a vendor's own message is answered when the station knows it",
  async (h) => {
    const echo = { vendorId: "ACME", messageId: "Echo", data: { nested: [1, "two"] } };
    assert.deepEqual(await h.call("DataTransfer", echo), { ...ACCEPTED, data: echo.data });
    await answers(h, "UnknownVendorId", "DataTransfer", { ...echo, vendorId: "Other" });
    await answers(h, "UnknownMessageId", "DataTransfer", { ...echo, messageId: "Dance" });
  },
  ACME,
);

useCase(
  ["P02"],
  "a vendor's own message goes to the CSMS as its user wrote it",
  async (h) => {
    const payload = { vendorId: "ACME", messageId: "Weather", data: { celsius: 21 } };
    h.replies.DataTransfer = { status: "UnknownMessageId" };
    const deed = await driven(h, h.station.driver.call("DataTransfer", payload));
    assert.deepEqual(h.only("DataTransfer"), payload);
    assert(deed.kind === "done");
    assert.deepEqual(deed.csms, {
      action: "DataTransfer",
      payload: { status: "UnknownMessageId" },
    });
  },
  ACME,
);
