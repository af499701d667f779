import { obeys } from "../dialect.ts";
import { writeStream } from "./stream_params.ts";

/** Lists the streams that are open (2.1 N12). */
export const getPeriodicEventStream = obeys<"2.1", "GetPeriodicEventStream">(
  ({ services: { facilities } }) => {
    const streams = facilities.streams.all.map(writeStream);
    return streams.length === 0 ? {} : { constantStreamData: streams };
  },
);
