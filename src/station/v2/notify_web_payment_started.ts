import { obeys } from "../dialect.ts";
import { evseFault } from "./evse.ts";

/** Shows that somebody is paying for an EVSE in a browser, for so many seconds (2.1 C25). Nothing can refuse it. */
export const notifyWebPaymentStarted = obeys<"2.1", "NotifyWebPaymentStarted">(
  (station, { evseId, timeout }) => {
    const { services: { facilities }, log } = station;
    const fault = evseFault(station, evseId);
    if (fault === null) facilities.webPaymentStarted(evseId, timeout);
    else log.warn("The CSMS names a payment for an EVSE that is not there", { evse: evseId });
    return {};
  },
);
