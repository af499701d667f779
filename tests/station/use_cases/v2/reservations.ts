import assert from "node:assert/strict";
import type { StationHarness } from "../../../support/station_harness.ts";
import { answers, CAR, driven, fromNow } from "../support.ts";
import { ANNA, BEN, charge, present, story, TWO } from "./support.ts";
import { useCase } from "./use_case.ts";

function reservation(h: StationHarness, more: object = {}) {
  return { id: 7, evseId: 1, idToken: ANNA, expiryDateTime: fromNow(h, 600_000), ...more };
}

useCase(
  ["H01", "H03"],
  "a reserved EVSE serves its owner only, whose transaction names the reservation",
  async (h) => {
    await answers(h, "Accepted", "ReserveNow", reservation(h));
    await h.clock.settle();
    assert.deepEqual(story(h), ["StatusNotification Reserved"]);
    await driven(h, h.station.driver.plug(1, CAR));
    assert.equal((await present(h, BEN)).kind, "refused");
    await present(h);
    const [started] = h.payloads("TransactionEvent").filter((one) => one.reservationId);
    assert.equal(started?.reservationId, 7);
    assert.deepEqual(h.payloads("ReservationStatusUpdate"), []);
    await answers(h, "Rejected", "CancelReservation", { reservationId: 7 });
  },
);

useCase(
  ["H01"],
  "what is in use, broken, closed or unknown cannot be reserved",
  async (h) => {
    await charge(h);
    await answers(h, "Occupied", "ReserveNow", reservation(h));
    const change = (operationalStatus: string) => ({ operationalStatus, evse: { id: 2 } });
    await answers(h, "Accepted", "ChangeAvailability", change("Inoperative"));
    await answers(h, "Unavailable", "ReserveNow", reservation(h, { evseId: 2 }));
    await answers(h, "Accepted", "ChangeAvailability", change("Operative"));
    await h.station.driver.status(2, { status: "Faulted" });
    await answers(h, "Faulted", "ReserveNow", reservation(h, { evseId: 2 }));
    await answers(h, "Rejected", "ReserveNow", reservation(h, { evseId: 9 }));
    const past = reservation(h, { expiryDateTime: fromNow(h, -1) });
    await answers(h, "Rejected", "ReserveNow", past);
  },
  TWO,
);

useCase(
  ["H01", "H03"],
  "a reservation serves the group of its token",
  async (h) => {
    const groupIdToken = { idToken: "FAMILY", type: "Central" };
    h.replies.Authorize = { idTokenInfo: { status: "Accepted", groupIdToken } };
    await answers(h, "Accepted", "ReserveNow", reservation(h, { groupIdToken }));
    assert.equal((await present(h, BEN)).kind, "done");
  },
);

useCase(
  ["H01"],
  "without an EVSE one of them is kept free, whichever",
  async (h) => {
    await answers(h, "Accepted", "ReserveNow", reservation(h, { evseId: undefined }));
    await charge(h, BEN, 1);
    assert.equal((await present(h, BEN, 2)).kind, "refused");
    assert.equal((await present(h, ANNA, 2)).kind, "done");
  },
  TWO,
);

useCase(
  ["H02"],
  "a reservation is cancelled once, and its EVSE is free again",
  async (h) => {
    await answers(h, "Accepted", "ReserveNow", reservation(h));
    await answers(h, "Accepted", "CancelReservation", { reservationId: 7 });
    await h.clock.settle();
    assert.deepEqual(story(h), [
      "StatusNotification Reserved",
      "StatusNotification Available",
    ]);
    await answers(h, "Rejected", "CancelReservation", { reservationId: 7 });
  },
);

useCase(
  ["H04"],
  "a reservation that nobody used is told when it expires, or when its EVSE goes out of service",
  async (h) => {
    await answers(h, "Accepted", "ReserveNow", reservation(h));
    await h.clock.advance(600_000);
    assert.deepEqual(h.only("ReservationStatusUpdate"), {
      reservationId: 7,
      reservationUpdateStatus: "Expired",
    });
    assert.equal(h.station.connector(1)?.status, "Available");
    await answers(h, "Accepted", "ReserveNow", reservation(h, { id: 8 }));
    h.forget();
    await driven(h, h.station.driver.status(1, { status: "Faulted" }));
    assert.deepEqual(h.only("ReservationStatusUpdate"), {
      reservationId: 8,
      reservationUpdateStatus: "Removed",
    });
  },
);
