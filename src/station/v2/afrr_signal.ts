import { Answer, obeys } from "../dialect.ts";
import { boundsOn } from "../smart/bounds.ts";
import { refusing } from "./status_info.ts";

/** Moves what flows where a transaction works by the signals of the CSMS and their curve (2.1 Q07). */
export const afrrSignal = obeys<"2.1", "AFRRSignal">((station, { signal }) => {
  const reject = refusing(station, "AFRRSignal", "Rejected");
  const { profiles } = station;
  const at = station.now();
  const modes = station.connectors().flatMap(({ id, transaction }) => {
    if (transaction === null) return [];
    return boundsOn(profiles.installed, id, at, transaction.startedAt).leader?.v2x ?? [];
  });
  const follows = modes.filter(({ mode }) =>
    mode === "CentralFrequency" || mode === "LocalFrequency"
  );
  if (follows.length === 0) {
    return reject("NotEnabled", "no transaction charges by CentralFrequency or LocalFrequency");
  }
  if (follows.every(({ signalCurve }) => signalCurve === null)) {
    return reject("NoSignalWattCurve", "no profile in force has a v2xSignalWattCurve");
  }
  if (!Number.isFinite(signal)) return reject("InvalidValue", "its signal is no number");
  return new Answer({ status: "Accepted" }, () => {
    profiles.signal = signal;
    station.limitsChanged();
  });
});
