import assert from "node:assert/strict";
import { answers, CAR, driven, fromNow, type Payload } from "../support.ts";
import { charge, present, session } from "./support.ts";
import { useCase } from "./use_case.ts";

/** What a payment terminal makes up of a card. */
const CARD = { idToken: "psp-4711", type: "DirectPayment" };

useCase(
  ["C18", "C21"],
  "who pays at the terminal charges with a token that it makes up, and it settles what the CSMS says",
  async (h) => {
    const transactionId = await charge(h, CARD);
    await h.clock.advance(600_000);
    h.replies.TransactionEvent = { totalCost: 4.2 };
    await driven(h, h.station.driver.stopTransaction(1, { idToken: CARD }));
    await h.clock.settle();
    assert.deepEqual(h.payloads("TransactionEvent").at(-1)?.idToken, CARD);
    assert.deepEqual(h.only("NotifySettlement"), {
      transactionId,
      pspRef: "psp-4711",
      status: "Settled",
      settlementAmount: 4.2,
      settlementTime: fromNow(h, 0),
    });
  },
);

for (
  const [number, status, what] of [
    ["C19", "Canceled", "is cancelled before its transaction"],
    ["C22", "Rejected", "is rejected"],
    ["C22", "Failed", "fails"],
  ] as const
) {
  useCase([number], `a payment that ${what} is told as the user words it`, async (h) => {
    const settlement: Payload = {
      pspRef: "psp-4711",
      status,
      settlementAmount: 0,
      settlementTime: fromNow(h, 0),
    };
    await driven(h, h.station.driver.call("NotifySettlement", settlement));
    assert.deepEqual(h.only("NotifySettlement"), settlement);
    assert.deepEqual(session(h), []);
  });
}

useCase(
  ["C20"],
  "a transaction that is given up before it costs anything ends, and its payment is cancelled",
  async (h) => {
    const transactionId = await charge(h, CARD);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: CARD }));
    await h.clock.settle();
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    const settlement = h.only("NotifySettlement");
    assert.deepEqual(
      [settlement.transactionId, settlement.status, settlement.settlementAmount],
      [transactionId, "Canceled", 0],
    );
  },
);

useCase(
  ["C24"],
  "a terminal that stands alone lets the CSMS start the transaction",
  async (h) => {
    await driven(h, h.station.driver.plug(1, CAR));
    h.forget();
    const start = { idToken: CARD, remoteStartId: 3, evseId: 1 };
    await answers(h, "Accepted", "RequestStartTransaction", start);
    await h.clock.settle();
    assert.equal(session(h)[0], "Started RemoteStart");
    assert.deepEqual(h.payloads("Authorize"), []);
  },
);

useCase(
  ["C25"],
  "the display shows that somebody pays in a browser, until that is over or the transaction begins",
  async (h) => {
    const pays = () => h.station.services.facilities.view().displays[0]!.isPaying;
    assert.deepEqual(await h.call("NotifyWebPaymentStarted", { evseId: 1, timeout: 60 }), {});
    assert(pays());
    await h.clock.advance(60_000);
    assert(!pays());
    await driven(h, h.station.driver.plug(1, CAR));
    await h.call("NotifyWebPaymentStarted", { evseId: 1, timeout: 60 });
    const start = { idToken: CARD, remoteStartId: 3, evseId: 1 };
    await answers(h, "Accepted", "RequestStartTransaction", start);
    await h.clock.settle();
    assert.deepEqual(h.payloads("TransactionEvent")[0]?.idToken, CARD);
    assert.equal((await present(h)).kind, "refused");
  },
);
