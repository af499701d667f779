import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { answers, CAR, driven, type Payload } from "../support.ts";
import { ANNA, charge, configure, present, session, TWO, why } from "./support.ts";
import { useCase } from "./use_case.ts";

/** 50 cents a kWh, and 20 % on top of that. */
function tariff(tariffId = "T1", more: object = {}): Payload {
  const energy = { prices: [{ priceKwh: 0.5 }], taxRates: [{ type: "VAT", tax: 20 }] };
  return { tariffId, currency: "EUR", energy, ...more };
}

/** What the display of EVSE 1 says. */
function display(h: StationHarness) {
  return h.station.services.facilities.view().displays[0]!;
}

useCase(
  ["I01"],
  "what the CSMS says to a driver with the token is on the display, until the driver is done",
  async (h) => {
    const personalMessage = { format: "UTF8", content: "Anna: 0.50 EUR/kWh" };
    h.replies.Authorize = { idTokenInfo: { status: "Accepted", personalMessage } };
    h.replies.TransactionEvent = {};
    await charge(h);
    assert.deepEqual(display(h).messages, ["Anna: 0.50 EUR/kWh"]);
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    assert.deepEqual(display(h).messages, []);
  },
);

useCase(
  ["I02"],
  "the running cost that the CSMS tells is on the display",
  async (h) => {
    const transactionId = await charge(h);
    assert.deepEqual(await h.call("CostUpdated", { transactionId, totalCost: 4.2 }), {});
    assert.equal(display(h).runningCost, 4.2);
    h.replies.TransactionEvent = { totalCost: 5.1 };
    await h.clock.advance(61_000);
    assert.equal(display(h).runningCost, 5.1);
    assert.deepEqual(await h.call("CostUpdated", { transactionId: "nobody's", totalCost: 9 }), {});
    assert.equal(display(h).runningCost, 5.1);
  },
);

useCase(
  ["I03"],
  "the answer to the end of a transaction says what it cost in all",
  async (h) => {
    const transactionId = await charge(h);
    h.replies.TransactionEvent = { totalCost: 7.5 };
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    assert.equal(h.station.services.facilities.runningCosts.of(transactionId)?.total, 7.5);
  },
);

useCase(
  ["I04", "I05"],
  "without a word of the CSMS the display says what was configured for that",
  async (h) => {
    await configure(h, {
      "TariffCostCtrlr.TariffFallbackMessage": "Prices on our website",
      "TariffCostCtrlr.TotalCostFallbackMessage": "See your invoice",
    });
    const transactionId = await charge(h);
    assert.deepEqual(display(h).messages, ["Prices on our website"]);
    await h.call("CostUpdated", { transactionId, totalCost: 1 });
    assert.deepEqual(display(h).messages, []);
    await driven(h, h.station.driver.authorize(1, ANNA));
    await driven(h, h.station.driver.unplug(1));
    await charge(h);
    await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
    assert.deepEqual(display(h).messages, ["See your invoice"]);
    await driven(h, h.station.driver.unplug(1));
    assert.deepEqual(display(h).messages, []);
  },
);

useCase(
  ["I06"],
  "a message of the CSMS for the transaction updates what the display says of its price",
  async (h) => {
    const transactionId = await charge(h);
    for (const content of ["0.50 EUR/kWh", "0.60 EUR/kWh"]) {
      const message = {
        id: 1,
        priority: "InFront",
        transactionId,
        message: { format: "UTF8", content },
      };
      await answers(h, "Accepted", "SetDisplayMessage", { message });
      assert.equal(display(h).messages.at(-1), content);
    }
  },
);

useCase(
  ["I07", "I09", "I10"],
  "default tariffs are set, listed and cleared",
  async (h) => {
    const set = (evseId: number, given: Payload) => ({ evseId, tariff: given });
    await answers(h, "Accepted", "SetDefaultTariff", set(0, tariff()));
    await answers(h, "DuplicateTariffId", "SetDefaultTariff", set(1, tariff()));
    await answers(h, "Accepted", "SetDefaultTariff", set(2, tariff("T2")));
    const { status, tariffAssignments } = await h.call("GetTariffs", { evseId: 0 });
    assert.equal(status, "Accepted");
    assert.deepEqual(
      (tariffAssignments as Payload[]).map(({ tariffId, evseIds }) => [tariffId, evseIds]),
      [["T1", [1]], ["T2", [2]]],
    );
    assert.deepEqual(await h.call("ClearTariffs", { tariffIds: ["T2", "T9"] }), {
      clearTariffsResult: [
        { tariffId: "T2", status: "Accepted" },
        { tariffId: "T9", status: "NoTariff" },
      ],
    });
    await h.call("ClearTariffs", {});
    await answers(h, "NoTariff", "GetTariffs", { evseId: 0 });
  },
  TWO,
);

/** The cost that the last event told. */
function told(h: StationHarness) {
  const { costDetails, transactionInfo } = h.payloads("TransactionEvent").at(-1)!;
  const { totalCost } = costDetails as {
    totalCost: { total: { exclTax: number; inclTax: number } };
  };
  return { ...totalCost.total, tariffId: (transactionInfo as Payload).tariffId };
}

useCase(
  ["I12"],
  "a transaction that began under a tariff is told with its cost, taxes and all",
  async (h) => {
    await answers(h, "Accepted", "SetDefaultTariff", { evseId: 0, tariff: tariff() });
    await charge(h);
    await h.clock.advance(3_600_000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    const { exclTax, inclTax, tariffId } = told(h);
    assert.equal(tariffId, "T1");
    assert(Math.abs(exclTax - 5.5) < 0.1, `${exclTax}`);
    assert(Math.abs(inclTax - exclTax * 1.2) < 0.01, `${inclTax}`);
  },
);

useCase(
  ["I08"],
  "a tariff that comes with the token is the driver's own",
  async (h) => {
    h.replies.Authorize = { idTokenInfo: { status: "Accepted" }, tariff: tariff("ANNA") };
    await charge(h);
    await h.clock.advance(600_000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert.equal(told(h).tariffId, "ANNA");
  },
);

useCase(
  ["I11"],
  "a running transaction gets another tariff, in its currency",
  async (h) => {
    await answers(h, "Accepted", "SetDefaultTariff", { evseId: 0, tariff: tariff() });
    const transactionId = await charge(h);
    const change = (given: Payload) => ({ transactionId, tariff: given });
    await answers(h, "Accepted", "ChangeTransactionTariff", change(tariff("T2")));
    const francs = change(tariff("T3", { currency: "CHF" }));
    await answers(h, "NoCurrencyChange", "ChangeTransactionTariff", francs);
    const lost = { ...change(tariff("T4")), transactionId: "nobody's" };
    await answers(h, "TxNotFound", "ChangeTransactionTariff", lost);
    await h.clock.advance(600_000);
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert.equal(told(h).tariffId, "T2");
  },
);

useCase(
  ["E16", "F07"],
  "a limit of energy or time that the CSMS sets ends the flow, and is told when it is set and reached",
  async (h) => {
    for (
      const [transactionLimit, reached] of [
        [{ maxEnergy: 1000 }, "EnergyLimitReached"],
        [{ maxTime: 120 }, "TimeLimitReached"],
        [{ maxSoC: 11 }, "SoCLimitReached"],
      ] as const
    ) {
      h.replies.TransactionEvent = ({ eventType }) =>
        eventType === "Started" ? { transactionLimit } : {};
      await driven(h, h.station.driver.plug(1, CAR));
      h.forget();
      const start = { idToken: ANNA, remoteStartId: 1, evseId: 1 };
      await answers(h, "Accepted", "RequestStartTransaction", start);
      await h.clock.settle();
      assert(session(h).includes("Updated LimitSet"), session(h).join());
      await h.clock.advance(900_000);
      assert(session(h).some((one) => one.endsWith(reached)), session(h).join());
      assert.equal(h.station.meter(1)?.powerW, 0);
      await driven(h, h.station.driver.stopTransaction(1, { idToken: ANNA }));
      await driven(h, h.station.driver.unplug(1));
    }
  },
);

useCase(
  ["C17", "C23"],
  "a prepaid card has a limit in money, and charges on when it is raised",
  async (h) => {
    await answers(h, "Accepted", "SetDefaultTariff", { evseId: 0, tariff: tariff() });
    h.replies.TransactionEvent = ({ eventType }) =>
      eventType === "Started" ? { transactionLimit: { maxCost: 1 } } : {};
    await charge(h, { idToken: "PREPAID", type: "ISO14443" });
    await h.clock.advance(1_800_000);
    assert(session(h).includes("Updated CostLimitReached"), session(h).join());
    assert.equal(h.station.meter(1)?.powerW, 0);
    h.replies.TransactionEvent = { transactionLimit: { maxCost: 2 } };
    await answers(h, "Accepted", "TriggerMessage", {
      requestedMessage: "TransactionEvent",
      evse: { id: 1 },
    });
    await h.clock.advance(1_000);
    assert(Number(h.station.meter(1)?.powerW) > 0, session(h).join());
  },
);

useCase(
  ["C17"],
  "a prepaid card without money is not served",
  async (h) => {
    h.replies.Authorize = { idTokenInfo: { status: "NoCredit" } };
    await driven(h, h.station.driver.plug(1, CAR));
    const deed = await present(h);
    assert(deed.kind === "refused" && deed.reason.includes("NoCredit"));
    assert(why({}) === undefined && session(h).length === 0);
  },
);
