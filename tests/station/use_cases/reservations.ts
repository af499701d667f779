import assert from "node:assert/strict";
import type { StationHarness } from "../../support/station_harness.ts";
import { ALICE, answers, BOB, CAR, charge, driven, fromNow, withStation } from "./support.ts";
import { useCase } from "./use_case.ts";

const TWO = { station: { connectors: [{}, {}] } };

function reservation(h: StationHarness, more: object = {}) {
  const expiryDate = fromNow(h, 600_000);
  return { connectorId: 1, expiryDate, idTag: "ALICE", reservationId: 7, ...more };
}

useCase(
  ["§3.11", "§5.13"],
  "a reserved connector serves its owner only, whose transaction names the reservation",
  () =>
    withStation(async (h) => {
      await answers(h, "Accepted", "ReserveNow", reservation(h));
      assert.deepEqual(h.said, ["StatusNotification Reserved"]);
      assert.equal((await driven(h, h.station.driver.authorize(1, BOB))).kind, "refused");
      await driven(h, h.station.driver.authorize(1, ALICE));
      await driven(h, h.station.driver.plug(1, CAR));
      assert.equal(h.only("StartTransaction").reservationId, 7);
      await answers(h, "Rejected", "CancelReservation", { reservationId: 7 });
    }),
);

useCase(
  ["§5.13", "§3.10"],
  "a reservation serves the group of its parentIdTag",
  () =>
    withStation(async (h) => {
      h.replies.Authorize = { idTagInfo: { status: "Accepted", parentIdTag: "FAMILY" } };
      await answers(h, "Accepted", "ReserveNow", reservation(h, { parentIdTag: "FAMILY" }));
      assert.equal((await driven(h, h.station.driver.authorize(1, BOB))).kind, "done");
    }),
);

useCase(["§5.13"], "a reservation expires by itself", () =>
  withStation(async (h) => {
    await answers(h, "Accepted", "ReserveNow", reservation(h));
    await h.clock.advance(599_000);
    assert.deepEqual(h.said, ["StatusNotification Reserved"]);
    await h.clock.advance(1_000);
    assert.equal(h.said.at(-1), "StatusNotification Available");
    assert.equal((await driven(h, h.station.driver.authorize(1, BOB))).kind, "done");
  }));

useCase(
  ["§5.1", "§5.13"],
  "a reservation is replaced by one with its id, and cancelled once",
  () =>
    withStation(async (h) => {
      await answers(h, "Accepted", "ReserveNow", reservation(h));
      await answers(h, "Accepted", "ReserveNow", reservation(h, { connectorId: 2 }));
      assert.deepEqual(h.station.connectors().map(({ status }) => status), [
        "Available",
        "Reserved",
      ]);
      await answers(h, "Accepted", "CancelReservation", { reservationId: 7 });
      assert.equal(h.said.at(-1), "StatusNotification Available");
      await answers(h, "Rejected", "CancelReservation", { reservationId: 7 });
    }, TWO),
);

useCase(
  ["§5.13"],
  "what is in use, broken, closed or unknown cannot be reserved",
  () =>
    withStation(async (h) => {
      await charge(h);
      await answers(h, "Occupied", "ReserveNow", reservation(h));
      await h.call("ChangeAvailability", { connectorId: 2, type: "Inoperative" });
      await answers(h, "Unavailable", "ReserveNow", reservation(h, { connectorId: 2 }));
      await h.call("ChangeAvailability", { connectorId: 2, type: "Operative" });
      await h.station.driver.status(2, { status: "Faulted" });
      await answers(h, "Faulted", "ReserveNow", reservation(h, { connectorId: 2 }));
      await answers(h, "Rejected", "ReserveNow", reservation(h, { connectorId: 9 }));
    }, TWO),
);

useCase(
  ["§5.13", "§3.11"],
  "connector 0 keeps one connector free, whichever, and shows it on none",
  () =>
    withStation(async (h) => {
      await answers(h, "Accepted", "ReserveNow", reservation(h, { connectorId: 0 }));
      assert.deepEqual(h.said, []);
      await charge(h, BOB, 1);
      assert.equal((await driven(h, h.station.driver.authorize(2, BOB))).kind, "refused");
      assert.equal((await driven(h, h.station.driver.authorize(2, ALICE))).kind, "done");
    }, TWO),
);
