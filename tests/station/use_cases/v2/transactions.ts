import assert from "node:assert/strict";
import { CAR, driven } from "../support.ts";
import { ANNA, BEN, charge, configure, present, session, story } from "./support.ts";
import { type Event, events, stoppedReason } from "./transaction_events.ts";
import { useCase } from "./use_case.ts";

useCase(
  ["E02", "E07"],
  "first the cable, then the token: a session from its start to the token that ends it",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    assert.deepEqual(story(h), ["StatusNotification Occupied"]);
    assert.equal((await present(h)).kind, "done");
    await h.clock.advance(1_000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    const all = events(h);
    assert.deepEqual(
      [all[0]?.eventType, all[0]?.triggerReason, all[0]?.idToken],
      ["Started", "Authorized", ANNA],
    );
    assert.deepEqual(all.map(({ evse }) => evse !== undefined), all.map((_, index) => index === 0));
    assert(all.some(({ transactionInfo }) => transactionInfo.chargingState === "Charging"));
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    assert.equal(story(h).at(-1), "StatusNotification Available");
    assert.deepEqual(all.at(-1)?.idToken, ANNA);
  },
);

useCase(
  ["E03"],
  "first the token, then the cable; who does not plug in within EVConnectionTimeOut is not served",
  async (h) => {
    await configure(h, { "TxCtrlr.EVConnectionTimeOut": "30" });
    assert.equal((await present(h)).kind, "done");
    await h.clock.advance(29_000);
    await driven(h, h.station.driver.plug(1, CAR));
    assert.equal(events(h)[0]?.eventType, "Started");
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    h.forget();
    await present(h);
    await h.clock.advance(31_000);
    await driven(h, h.station.driver.plug(1, CAR));
    assert(!session(h).some((one) => one.includes("Charging")), session(h).join());
    assert.equal(h.station.connector(1)?.transaction, null);
  },
);

useCase(
  ["E04", "E08", "E12"],
  "a transaction that began and ended offline is told whole and in order afterwards, with the times of then",
  async (h) => {
    await charge(h);
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    await h.lose();
    h.forget();
    await driven(h, h.station.driver.plug(1, CAR));
    await present(h);
    const startedAt = h.clock.now();
    await h.clock.advance(600_000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    const stoppedAt = h.clock.now();
    await h.clock.advance(60_000);
    await h.open();
    await h.clock.advance(10_000);
    const all = events(h);
    assert(all.every(({ offline }) => offline === true));
    assert.deepEqual([all[0]?.eventType, all.at(-1)?.eventType], ["Started", "Ended"]);
    assert.deepEqual(
      [all[0], all.at(-1)].map((one) => Date.parse(one!.timestamp)),
      [startedAt, stoppedAt],
    );
  },
);

useCase(
  ["E05"],
  "a token that turns out not to be valid ends its transaction, or stops its energy",
  async (h) => {
    await configure(h, { "TxCtrlr.StopTxOnInvalidId": "true" });
    h.replies.TransactionEvent = { idTokenInfo: { status: "Blocked" } };
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    await present(h);
    await h.clock.advance(1_000);
    assert.equal(session(h).at(-1), "Ended Deauthorized");
    assert.equal(stoppedReason(h), "DeAuthorized");
    await driven(h, h.station.driver.unplug(1));
    await configure(h, {
      "TxCtrlr.StopTxOnInvalidId": "false",
      "TxCtrlr.MaxEnergyOnInvalidId": "0",
    });
    h.forget();
    await driven(h, h.station.driver.plug(1, CAR));
    await present(h, BEN);
    await h.clock.advance(1_000);
    assert.equal(events(h).at(-1)?.transactionInfo.chargingState, "SuspendedEVSE");
    assert.equal(h.station.meter(1)?.powerW, 0);
  },
);

useCase(
  ["E09"],
  "a car that leaves ends the transaction",
  async (h) => {
    await configure(h, { "TxCtrlr.StopTxOnEVSideDisconnect": "true" });
    await charge(h);
    await driven(h, h.station.driver.unplug(1));
    assert.match(String(session(h).at(-1)), /^Ended EV(Departed|CommunicationLost)$/);
    assert.equal(stoppedReason(h), "EVDisconnected");
  },
);

useCase(
  ["E10"],
  "a car that leaves suspends the transaction, which goes on when it is back",
  async (h) => {
    await configure(h, {
      "TxCtrlr.StopTxOnEVSideDisconnect": "false",
      "TxCtrlr.TxStopPoint": "Authorized",
    });
    await charge(h);
    await driven(h, h.station.driver.unplug(1));
    const id = h.station.connector(1)?.transaction?.id;
    assert.notEqual(id, undefined, session(h).join());
    assert(session(h).every((one) => one.startsWith("Updated ")), session(h).join());
    await driven(h, h.station.driver.plug(1, CAR));
    assert.equal(h.station.connector(1)?.transaction?.id, id);
    assert.equal(
      h.payloads("TransactionEvent").map((one) => (one as unknown as Event).transactionInfo).at(-1)
        ?.chargingState,
      "Charging",
    );
  },
);

useCase(
  ["E11"],
  "what a transaction does while the connection is lost is told afterwards, flagged and without a gap",
  async (h) => {
    await configure(h, { "SampledDataCtrlr.TxUpdatedInterval": "60" });
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    await present(h);
    await h.lose();
    await h.clock.advance(180_000);
    await h.open();
    await h.clock.advance(30_000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    const all = events(h);
    const offline = all.map((one) => one.offline === true);
    assert(offline.includes(true));
    assert.deepEqual([offline[0], offline.at(-1)], [false, false]);
    assert.equal(all.at(-1)?.eventType, "Ended");
  },
);

useCase(
  ["E13"],
  "an event that is not accepted is sent again as configured, byte for byte, and then given up",
  async (h) => {
    await configure(h, {
      "OCPPCommCtrlr.MessageAttempts[TransactionEvent]": "3",
      "OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]": "10",
      "SampledDataCtrlr.TxUpdatedInterval": "0",
    });
    h.replies.TransactionEvent = { error: "InternalError" };
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    await driven(h, h.station.driver.authorize(1, ANNA));
    const attempts = () => h.csms.sent.filter((text) => text.includes('"seqNo":0'));
    assert.equal(attempts().length, 1);
    await h.clock.advance(10_000);
    assert.equal(attempts().length, 2);
    await h.clock.advance(20_000);
    assert.equal(attempts().length, 3);
    await h.clock.advance(3_600_000);
    assert.equal(attempts().length, 3);
    assert.equal(new Set(attempts()).size, 1);
  },
);

useCase(
  ["E14"],
  "the CSMS asks whether a transaction goes on, and whether anything of it waits",
  async (h) => {
    const ask = (request: object) => h.call("GetTransactionStatus", { ...request });
    assert.deepEqual(await ask({}), { messagesInQueue: false });
    assert.deepEqual(await ask({ transactionId: "nobody's" }), {
      messagesInQueue: false,
      ongoingIndicator: false,
    });
    const transactionId = await charge(h);
    assert.deepEqual(await ask({ transactionId }), {
      messagesInQueue: false,
      ongoingIndicator: true,
    });
    h.replies.TransactionEvent = "silence";
    void h.station.driver.stopTransaction(1, {});
    await h.clock.settle();
    assert.deepEqual(await ask({ transactionId }), {
      messagesInQueue: true,
      ongoingIndicator: false,
    });
    assert.deepEqual(await ask({}), { messagesInQueue: true });
  },
);

useCase(
  ["E15"],
  "a car that is full takes no more, and its transaction ends with its driver",
  async (h) => {
    await driven(h, h.station.driver.plug(1, { ...CAR, batteryWh: 2_000, soc: 0.9 }));
    h.forget();
    await present(h);
    await h.clock.advance(3_600_000);
    const states = events(h).map(({ transactionInfo }) => transactionInfo.chargingState);
    assert(states.includes("SuspendedEV"), states.join());
    assert.notEqual(h.station.connector(1)?.transaction, null);
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
  },
);
