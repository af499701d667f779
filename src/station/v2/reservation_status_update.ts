import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";

type Event = Spoken["reservationStatus"]["event"];

/** A reservation has expired, or its EVSE went out of service (H04, H01). */
export const reservationStatusUpdate = says<"2.0.1", "ReservationStatusUpdate", Event, void>({
  action: "ReservationStatusUpdate",
  request: ({ reservationId, status }) => ({ reservationId, reservationUpdateStatus: status }),
  answer() {},
});
