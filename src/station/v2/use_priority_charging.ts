import { Answer, obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/** Lets a transaction charge by the profile for priority in the place of its own, or ends that (2.1 K21). */
export const usePriorityCharging = obeys<"2.1", "UsePriorityCharging">((station, request) => {
  const { transactionId, activate } = request;
  const running = station.services.facilities.running(transactionId);
  if (running === null) {
    const reject = refusing(station, "UsePriorityCharging", "Rejected");
    return reject("TxNotFound", `transaction "${transactionId}" is not running`);
  }
  if (!station.profiles.prioritize(running.connector.id, activate)) {
    const refuse = refusing(station, "UsePriorityCharging", "NoProfile");
    return refuse("InvalidProfile", "no profile for PriorityCharging is installed there");
  }
  return new Answer({ status: "Accepted" }, () => station.limitsChanged());
});
