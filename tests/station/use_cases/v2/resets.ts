import assert from "node:assert/strict";
import { answers, driven } from "../support.ts";
import { ANNA, charge, session, story, TWO } from "./support.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["B11"],
  "a reset without a transaction boots the station again after its answer",
  async (h) => {
    for (const type of ["Immediate", "OnIdle"]) {
      await answers(h, "Accepted", "Reset", { type });
      await h.clock.settle();
      assert.equal(h.csms.reconnects.length, 1);
      h.csms.reconnects.length = 0;
      await h.lose();
      h.forget();
      await h.open();
      assert.equal(h.only("BootNotification").reason, "RemoteReset");
      assert(story(h).includes("StatusNotification Available"));
    }
  },
);

useCase(
  ["B12"],
  "an immediate reset ends the transaction and boots then",
  async (h) => {
    await charge(h);
    await answers(h, "Accepted", "Reset", { type: "Immediate" });
    await h.clock.settle();
    await h.lose();
    await h.open();
    await h.clock.settle();
    assert.deepEqual(session(h).at(-1), "Ended ResetCommand");
    assert.equal(h.only("BootNotification").reason, "RemoteReset");
  },
);

useCase(
  ["B12"],
  "a reset OnIdle waits for the end of the transaction",
  async (h) => {
    await charge(h);
    await answers(h, "Scheduled", "Reset", { type: "OnIdle" });
    await h.clock.advance(60_000);
    assert.equal(h.csms.reconnects.length, 0);
    assert(!session(h).some((one) => one.startsWith("Ended")));
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    await driven(h, h.station.driver.unplug(1));
    await h.clock.settle();
    assert.equal(h.csms.reconnects.length, 1);
    await h.lose();
    h.forget();
    await h.open();
    assert.equal(h.only("BootNotification").reason, "ScheduledReset");
  },
);

useCase(
  ["B11", "B12"],
  "one EVSE is reset, and the others go on",
  async (h) => {
    await charge(h);
    await charge(h, { idToken: "BEN", type: "ISO14443" }, 2);
    await answers(h, "Accepted", "Reset", { type: "Immediate", evseId: 1 });
    await h.clock.advance(60_000);
    const ended = h.payloads("TransactionEvent").filter(({ eventType }) => eventType === "Ended");
    assert.equal(ended.length, 1);
    assert.equal(h.station.connector(1)?.transaction, null);
    assert.notEqual(h.station.connector(2)?.transaction, null);
    assert.equal(h.csms.reconnects.length, 0);
    await answers(h, "Rejected", "Reset", { type: "Immediate", evseId: 7 });
  },
  TWO,
);

useCase(
  ["B13", "E17"],
  "a transaction goes on after a reset that is to resume it",
  async (h) => {
    const transactionId = await charge(h);
    await answers(h, "Accepted", "Reset", { type: "ImmediateAndResume" });
    await h.clock.settle();
    await h.lose();
    h.forget();
    await h.clock.advance(10_000);
    await h.open();
    await h.clock.advance(10_000);
    assert.equal(h.only("BootNotification").reason, "RemoteReset");
    assert(session(h).includes("Updated TxResumed"), session(h).join());
    assert(!session(h).some((one) => one.startsWith("Ended")));
    assert.equal(h.station.connector(1)?.transaction?.id, transactionId);
  },
);
