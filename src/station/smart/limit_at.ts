import type { ConnectorFacts } from "../charger.ts";
import { boundsOn } from "./bounds.ts";
import { circuitOf, rateOf, voltsOf, wattsOf } from "./circuit.ts";
import type { InstalledProfile } from "./profile.ts";

/** What may flow on a connector, and until when that is so. */
export interface PowerLimit {
  /** 0: nothing, the station suspends; `null`: no profile has a say. */
  readonly watts: number | null;
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
}

const UNLIMITED: PowerLimit = { watts: null, nextChangeAt: null };

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
  const { bounds, until } = boundsOn(profiles, connector.id, at, startedAt);
  const nextChangeAt = until === Infinity ? null : until;
  if (bounds.length === 0) return { watts: null, nextChangeAt };

  const whole = circuitOf(connector);
  const used = Math.min(whole.phases, phases ?? whole.phases);
  const circuit = { ...whole, phases: used, maxPower: whole.maxPower * (used / whole.phases) };
  const { rate, phases: left } = rateOf(bounds, circuit, "W", Math.max(1, charging));
  const volts = voltsOf(circuit, left);
  const suffices = bounds.every(({ shared, minChargingRate, unit }) =>
    shared || wattsOf(minChargingRate, unit, volts) <= rate
  );
  return { watts: suffices ? rate : 0, nextChangeAt };
}
