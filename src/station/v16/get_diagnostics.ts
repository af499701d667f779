import { Answer, obeys } from "../dialect.ts";
import { readPlan } from "../service/retries.ts";
import { readTime } from "../time.ts";

/** 1.6 §5.8. */
export const getDiagnostics = obeys<"1.6", "GetDiagnostics">((station, request) => {
  const { fileName, begin } = station.services.logs.prepare({
    ...readPlan(request),
    requestId: null,
    kind: "DiagnosticsLog",
    location: request.location,
    from: readTime(request.startTime),
    to: readTime(request.stopTime),
  });
  return new Answer({ fileName }, begin);
});
