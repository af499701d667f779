import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Event = Spoken["reservationStatus"]["event"];

/** A reservation has expired, or its EVSE went out of service (H04, H01). */
export const reservationStatusUpdate201 = says<"2.0.1", "ReservationStatusUpdate", Event, void>({
  action: "ReservationStatusUpdate",
  request({ reservationId, status }) {
    // 2.0.1 has no word for it.
    if (status === "NoTransaction") return null;
    return { reservationId, reservationUpdateStatus: status };
  },
  answer() {},
});

/** The same in 2.1, and that nothing came of one that was used (H03). */
export const reservationStatusUpdate21 = says<"2.1", "ReservationStatusUpdate", Event, void>({
  action: "ReservationStatusUpdate",
  request: ({ reservationId, status }) => ({ reservationId, reservationUpdateStatus: status }),
  answer() {},
});
