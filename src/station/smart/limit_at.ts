import type { ConnectorFacts } from "../charger.ts";
import { boundsOn } from "./bounds.ts";
import { circuitOf, rateOf, voltsOf, wattsOf } from "./circuit.ts";
import type { InstalledProfile } from "./profile.ts";
import type { Bound } from "./standing.ts";
import { GRID_LOOK_MS, type OperationMode, setpointOf } from "./v2x.ts";

/** What may flow on a connector, and until when that is so. */
export interface PowerLimit {
  /** 0: nothing, the station suspends; below 0: so much shall come from the car; `null`: no profile has a say. */
  readonly watts: number | null;
  /** How many phases may be used; `null`: all that the connector has. */
  readonly phases: 1 | 2 | 3 | null;
  /** What the transaction does with its car (2.1 Q); `null`: it charges. */
  readonly mode: OperationMode | null;
  /** Milliseconds since 1970; `null`: until a profile, the car or the number of those who share changes. */
  readonly nextChangeAt: number | null;
}

/** Around a connector at the moment of {@link limitAt}. */
export interface LimitFacts {
  /** Milliseconds since 1970 by the station's clock. */
  readonly at: number;
  /** How many connectors are charging: they share the limits of the station in equal parts. */
  readonly charging: number;
  /** How many phases the car uses; `null`: as many as the connector has. */
  readonly phases: number | null;
  /** The last AFRRSignal of the CSMS (2.1 Q07). */
  readonly signal?: number;
  /** Of the power of the connector, the share that may come from the car (2.1 R04): 0 to 1. */
  readonly dischargeShare?: number;
}

const UNLIMITED: PowerLimit = { watts: null, phases: null, mode: null, nextChangeAt: null };

/**
 * What may flow on a connector now (1.6 §3.13, 2.x K01). Less than the minChargingRate of the
 * transaction's profile is nothing. Cheap, above all without profiles: it may be asked at every tick.
 */
export function limitAt(
  profiles: readonly InstalledProfile[],
  connector: Pick<ConnectorFacts, "id" | "type" | "maxPower" | "transaction">,
  facts: LimitFacts,
): PowerLimit {
  if (profiles.length === 0) return UNLIMITED;
  const { at, charging, phases } = facts;
  const startedAt = connector.transaction?.startedAt ?? at;
  const { bounds, until, leader, external } = boundsOn(profiles, connector.id, at, startedAt);
  const nextChangeAt = until === Infinity ? null : until;
  if (bounds.length === 0) return { ...UNLIMITED, nextChangeAt };

  const whole = circuitOf(connector);
  const used = Math.min(whole.phases, phases ?? whole.phases);
  const circuit = { ...whole, phases: used, maxPower: whole.maxPower * (used / whole.phases) };
  const { rate, phases: left } = rateOf(bounds, circuit, "W", Math.max(1, charging));
  const volts = voltsOf(circuit, left);
  const suffices = bounds.every(({ shared, minChargingRate, unit }) =>
    shared || wattsOf(minChargingRate, unit, volts) <= rate
  );
  const limit = suffices ? rate : 0;
  const v2x = leader?.v2x;
  const plain = {
    watts: limit,
    phases: left < used ? left as 1 | 2 : null,
    mode: v2x?.mode ?? null,
    nextChangeAt,
  };
  if (leader === null || v2x === undefined) return plain;
  const inWatts = ({ unit }: Bound) => (given: number) => wattsOf(given, unit, volts);
  const wanted = external?.v2x?.setpoint ?? null;
  const externalW = external === null || wanted === null ? null : inWatts(external)(wanted);
  const setpoint = setpointOf(v2x, { at, signal: facts.signal ?? 0, externalW }, inWatts(leader));
  if (setpoint === null) return plain;
  const least = bounds.reduce((most, bound) => {
    const limit = bound.v2x?.dischargeLimit ?? null;
    return limit === null ? most : Math.max(most, inWatts(bound)(limit));
  }, -circuit.maxPower * (facts.dischargeShare ?? 1));
  const isOfGrid = v2x.mode === "LocalFrequency" && v2x.frequencyCurve !== null;
  const look = isOfGrid ? Math.min(until, at + GRID_LOOK_MS) : nextChangeAt;
  return { ...plain, watts: Math.max(least, Math.min(setpoint, limit)), nextChangeAt: look };
}
