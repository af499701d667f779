import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Ends a reservation; its EVSE is free once the answer is out (H02). */
export const cancelReservation = obeys<"2.1", "CancelReservation">(
  (station, { reservationId }) => {
    if (!station.reservations.all.some(({ id }) => id === reservationId)) {
      const reject = refusing(station, "CancelReservation", "Rejected");
      return reject("InvalidValue", `there is no reservation ${reservationId}`);
    }
    return new Answer({ status: "Accepted" }, () => station.reservations.cancel(reservationId));
  },
);
