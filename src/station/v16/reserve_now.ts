import { Answer, obeys } from "../dialect.ts";
import { idTag } from "./id_tag.ts";

/** ReserveNow.req (1.6 §5.13). */
export const reserveNow = obeys<"1.6", "ReserveNow">((station, request) => {
  const { connectorId, reservationId, parentIdTag } = request;
  const isAllowed = connectorId !== 0 || station.settings.get("reserveConnectorZeroSupported");
  if (!isAllowed || !Number.isSafeInteger(reservationId)) return { status: "Rejected" };
  const status = station.reservations.reserve({
    id: reservationId,
    connectorId,
    idToken: idTag(request.idTag),
    groupId: parentIdTag ? idTag(parentIdTag) : null,
    expiresAt: Date.parse(request.expiryDate),
  }, station.connectors());
  if (status !== "Accepted") return { status };
  return new Answer({ status }, () => station.showReservation(connectorId, reservationId));
});
