import { Answer, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { readTime } from "../time.ts";

/** Whitepaper §5.9, N01. */
export const getLog = obeys<"1.6", "GetLog">((station, request) => {
  const { remoteLocation, oldestTimestamp, latestTimestamp } = request.log;
  const { status, fileName, begin } = station.services.logs.prepare({
    ...readPlan(request),
    requestId: request.requestId,
    kind: request.logType,
    location: remoteLocation,
    from: readTime(oldestTimestamp),
    to: readTime(latestTimestamp),
  });
  return new Answer({ status, filename: fileName }, begin);
});
