import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";

/**
 * A signal to follow for the frequency of the grid (2.1 Q07). It is for a profile that works by it
 * (CentralFrequency), and none such can be installed: no car gives energy back here.
 */
export const afrrSignal = obeys<"2.1", "AFRRSignal">((station) => {
  const reject = refusing(station, "AFRRSignal", "Rejected");
  return reject("NotEnabled", "no profile with CentralFrequency is in force");
});
