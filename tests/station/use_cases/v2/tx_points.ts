import assert from "node:assert/strict";
import { CAR, driven } from "../support.ts";
import { ANNA, charge, configure, present, session } from "./support.ts";
import { events, stoppedReason } from "./transaction_events.ts";
import { useCase } from "./use_case.ts";

/** What begins a transaction, by TxStartPoint: the first thing that is said of it. */
const STARTS = [
  ["EVConnected", "plug", "Started CablePluggedIn"],
  ["Authorized", "token", "Started Authorized"],
  ["PowerPathClosed", "both", "Started"],
  ["EnergyTransfer", "both", "Started ChargingStateChanged"],
] as const;

for (const [point, when, told] of STARTS) {
  useCase(["E01"], `with TxStartPoint ${point} a transaction begins with it`, async (h) => {
    await configure(h, { "TxCtrlr.TxStartPoint": point });
    if (when === "token") {
      await present(h);
      assert.equal(session(h)[0], told);
      await driven(h, h.station.driver.plug(1, CAR));
    } else {
      await driven(h, h.station.driver.plug(1, CAR));
      assert.deepEqual(session(h), when === "plug" ? [told] : []);
      await present(h);
    }
    await h.clock.advance(1_000);
    const all = events(h);
    assert(session(h)[0]?.startsWith(told), session(h).join());
    assert.equal(all.filter(({ idToken }) => idToken !== undefined).length, 1);
    assert.equal(all.at(-1)?.transactionInfo.chargingState, "Charging");
  });
}

useCase(
  ["E06"],
  "with TxStopPoint EVConnected a transaction ends when the cable is out, though its driver ended it before",
  async (h) => {
    await configure(h, { "TxCtrlr.TxStopPoint": "EVConnected" });
    await charge(h);
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert(session(h).includes("Updated StopAuthorized"), session(h).join());
    assert.equal(h.station.meter(1)?.powerW, 0);
    await driven(h, h.station.driver.unplug(1));
    assert.match(String(session(h).at(-1)), /^Ended EV/);
    assert.equal(stoppedReason(h), "Local");
  },
);

useCase(
  ["E06"],
  "with TxStopPoint Authorized it ends with its driver, whether the cable is in or out",
  async (h) => {
    await configure(h, { "TxCtrlr.TxStopPoint": "Authorized" });
    await charge(h);
    await driven(h, h.station.driver.authorize(1, ANNA));
    assert.equal(session(h).at(-1), "Ended StopAuthorized");
    assert.equal(stoppedReason(h), "Local");
  },
);
