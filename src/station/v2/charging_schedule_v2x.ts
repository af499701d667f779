import type { v21 } from "../../ocpp/mod.ts";
import type { ProfilePurpose } from "../smart/profile.ts";
import type { OperationMode, PowerCurve, V2x } from "../smart/v2x.ts";
import type { ReasonCode } from "./status_info.ts";

type Period = v21.ChargingSchedulePeriodType;
type Field =
  | "dischargeLimit"
  | "limit"
  | "setpoint"
  | "v2xBaseline"
  | "v2xFreqWattCurve"
  | "v2xSignalWattCurve";

/** Which fields a mode must have and may have: all others are wrong with it (2.1 Q). */
const MODES: Readonly<Record<OperationMode, { must: readonly Field[]; may: readonly Field[] }>> = {
  CentralFrequency: {
    must: ["setpoint"],
    may: ["limit", "dischargeLimit", "v2xBaseline", "v2xSignalWattCurve"],
  },
  CentralSetpoint: { must: ["setpoint"], may: ["limit", "dischargeLimit"] },
  ChargingOnly: { must: ["limit"], may: [] },
  ExternalLimits: { must: [], may: [] },
  ExternalSetpoint: { must: [], may: ["limit", "dischargeLimit"] },
  Idle: { must: [], may: [] },
  LocalFrequency: { must: ["v2xFreqWattCurve"], may: ["v2xBaseline", "v2xSignalWattCurve"] },
};
const FIELDS: readonly Field[] = [
  "dischargeLimit",
  "limit",
  "setpoint",
  "v2xBaseline",
  "v2xFreqWattCurve",
  "v2xSignalWattCurve",
];

/** The modes of each purpose (2.1 Q, operation modes for the purposes of profiles). */
const OF_TRANSACTIONS: readonly ProfilePurpose[] = ["TxDefaultProfile", "TxProfile"];
const BESIDE_CSMS: readonly ProfilePurpose[] = [
  "ChargingStationExternalConstraints",
  "LocalGeneration",
];
const OF_OTHERS: readonly OperationMode[] = ["ChargingOnly", "ExternalLimits", "ExternalSetpoint"];

/** Why a period cannot be followed for what it wants beside charging; `null`: it can (2.1 Q). */
export function v2xFault(
  period: Period,
  purpose: ProfilePurpose,
): { readonly reasonCode: ReasonCode; readonly why: string } | null {
  const { operationMode = "ChargingOnly", setpoint, limit, dischargeLimit } = period;
  if (operationMode === "LocalLoadBalancing") {
    const why = "the station has no meter at the grid connection, which LocalLoadBalancing needs";
    return { reasonCode: "UnsupportedParam", why };
  }
  const isFit = operationMode === "ChargingOnly" || OF_TRANSACTIONS.includes(purpose) ||
    BESIDE_CSMS.includes(purpose) && OF_OTHERS.includes(operationMode);
  if (!isFit) {
    const why = `a ${purpose} cannot have the operation mode ${operationMode}`;
    return { reasonCode: "InvalidOperationMode", why };
  }
  const { must, may } = MODES[operationMode];
  const missing = must.find((name) => period[name] === undefined);
  if (missing !== undefined) {
    const why = `it has a period of ${operationMode} without a ${missing}`;
    return { reasonCode: "InvalidSchedule", why };
  }
  const isSetByUser = BESIDE_CSMS.includes(purpose) && operationMode === "ExternalSetpoint";
  const odd = FIELDS.find((name) =>
    period[name] !== undefined && !must.includes(name) && !may.includes(name) &&
    !(isSetByUser && name === "setpoint")
  );
  if (odd !== undefined) {
    const why = `it has a period of ${operationMode} with a ${odd}, which has no meaning there`;
    return { reasonCode: "InvalidSchedule", why };
  }
  if (dischargeLimit !== undefined && !(dischargeLimit <= 0)) {
    const why = `it has the discharge limit ${dischargeLimit}, which must not be above 0`;
    return { reasonCode: "InvalidSchedule", why };
  }
  const isOut = setpoint !== undefined &&
    !(setpoint <= (limit ?? Infinity) && setpoint >= (dischargeLimit ?? -Infinity));
  if (isOut) {
    const why = `it has the setpoint ${setpoint}, which is beyond its limits`;
    return { reasonCode: "InvalidSchedule", why };
  }
  return null;
}

/** What a period wants beside charging. A curve may be given in any order. */
export function readV2x(period: Period): { readonly v2x?: V2x } {
  const { operationMode: mode = "ChargingOnly", setpoint, dischargeLimit } = period;
  if (mode === "ChargingOnly" || mode === "LocalLoadBalancing") return {};
  const signals = period.v2xSignalWattCurve?.map(({ signal, power }) => [signal, power] as const);
  const hertz = period.v2xFreqWattCurve?.map(({ frequency, power }) => [frequency, power] as const);
  return {
    v2x: {
      mode,
      setpoint: setpoint ?? null,
      dischargeLimit: dischargeLimit ?? null,
      baselineW: period.v2xBaseline ?? 0,
      signalCurve: rising(signals),
      frequencyCurve: rising(hertz),
    },
  };
}

/** The same for the CSMS. */
export function writeV2x(v2x: V2x): Partial<Period> {
  const { mode, setpoint, dischargeLimit, baselineW, signalCurve, frequencyCurve } = v2x;
  return {
    operationMode: mode,
    setpoint: setpoint ?? undefined,
    dischargeLimit: dischargeLimit ?? undefined,
    v2xBaseline: baselineW === 0 ? undefined : baselineW,
    v2xSignalWattCurve: signalCurve?.map(([signal, power]) => ({ signal, power })),
    v2xFreqWattCurve: frequencyCurve?.map(([frequency, power]) => ({ frequency, power })),
  };
}

function rising(points: PowerCurve | undefined): PowerCurve | null {
  return points === undefined || points.length === 0
    ? null
    : points.toSorted(([one], [other]) => one - other);
}
