import { obeys } from "../dialect.ts";
import { refusing } from "./status_info.ts";
import { readStreamRate } from "./stream_params.ts";

/** Makes a stream send more or less often (2.1 N14). */
export const adjustPeriodicEventStream = obeys<"2.1", "AdjustPeriodicEventStream">(
  (station, { id, params }) => {
    if (station.services.facilities.streams.adjust(id, readStreamRate(params))) {
      return { status: "Accepted" };
    }
    const reject = refusing(station, "AdjustPeriodicEventStream", "Rejected");
    return reject("InvalidValue", `there is no stream ${id}`);
  },
);
