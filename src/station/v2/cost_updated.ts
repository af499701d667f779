import { obeys } from "../dialect.ts";

/** Shows the driver what a running transaction costs so far (I02). Nothing but a log can refuse it. */
export const costUpdated = obeys<"2.1", "CostUpdated">((station, { transactionId, totalCost }) => {
  const { services: { facilities }, log } = station;
  if (facilities.running(transactionId) === null) {
    log.warn("The CSMS names the cost of a transaction that does not run", { transactionId });
  } else {
    facilities.runningCosts.keep(transactionId, { total: totalCost, at: station.now() });
    log.info("The display shows the cost so far", { transactionId, totalCost });
  }
  return {};
});
