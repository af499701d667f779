import { Answer, obeys } from "../dialect.ts";

/** CancelReservation.req (1.6 §5.1). The connector is free once the answer is out. */
export const cancelReservation = obeys<"1.6", "CancelReservation">(
  ({ reservations }, { reservationId }) => {
    if (!reservations.all.some(({ id }) => id === reservationId)) return { status: "Rejected" };
    return new Answer({ status: "Accepted" }, () => reservations.cancel(reservationId));
  },
);
