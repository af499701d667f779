import type { ConnectorFacts } from "../charger.ts";
import { boundsOn } from "./bounds.ts";
import { circuitOf, GRID_VOLTS, gridOf, rateOf, voltsOf, wattsOf } from "./circuit.ts";
import type { ChargingSchedule, InstalledProfile, RateUnit, SchedulePeriod } from "./profile.ts";
import type { Bound } from "./standing.ts";
import type { V2x } from "./v2x.ts";

/** What a CSMS asks of {@link compositeSchedule}. */
export interface CompositeQuestion {
  /** 0: the sum of all connectors, within the limits of the station. */
  readonly connectorId: number;
  /** Milliseconds since 1970, a whole second. */
  readonly from: number;
  /** Seconds, above 0. */
  readonly duration: number;
  readonly unit: RateUnit;
}

/** A period of a {@link CompositeSchedule}: what it has beside charging is in its unit. */
export interface CompositePeriod extends SchedulePeriod {
  readonly limit: number;
}

/** What guides charging over time. */
export interface CompositeSchedule extends ChargingSchedule {
  readonly periods: readonly CompositePeriod[];
}

/** What a connector contributes. */
type Connector = Pick<ConnectorFacts, "id" | "type" | "maxPower" | "transaction">;

/** What the schemas of 2.x allow in one schedule. */
const MOST_PERIODS = 1024;
/** A CSMS may ask for 68 years of a daily schedule: no more moments than these are looked at. */
const MOST_STEPS = 2 * MOST_PERIODS;

/**
 * The limits that guide charging from a moment on: the lowest of all that hold, with the connector's
 * own power (1.6 §3.13.3 and §5.7, 2.x K08). Where no transaction runs, a relative schedule begins
 * at once. A change within a second shows from the next whole second on; limits are cut to one decimal
 * place. What takes more periods than a message holds ends early, and so does its `duration`.
 *
 * @param connectors all of the station
 * @throws {RangeError} when the connector is none of them
 */
export function compositeSchedule(
  profiles: readonly InstalledProfile[],
  connectors: readonly Connector[],
  question: CompositeQuestion,
): CompositeSchedule {
  const { from, duration, unit } = question;
  const reckon = reckoner(profiles, connectors, question);
  const end = from + duration * 1000;
  const periods: CompositePeriod[] = [];
  let at = from;
  for (let step = 0; at < end && step < MOST_STEPS; step++) {
    const { rate, numberPhases, v2x, until } = reckon(at);
    const limit = oneDecimal(rate);
    const last = periods.at(-1);
    const isSame = last?.limit === limit && last.numberPhases === numberPhases &&
      JSON.stringify(last.v2x) === JSON.stringify(v2x);
    if (!isSame) {
      if (periods.length === MOST_PERIODS) break;
      const startPeriod = (at - from) / 1000;
      const more = v2x === undefined ? {} : { v2x };
      periods.push({ startPeriod, limit, numberPhases, phaseToUse: null, ...more });
    }
    at = Math.min(end, from + Math.ceil((until - from) / 1000) * 1000);
  }
  return {
    id: null,
    duration: (at - from) / 1000,
    startSchedule: from,
    unit,
    minChargingRate: null,
    periods,
  };
}

/** How it is at one moment, and until when. */
interface Moment {
  readonly rate: number;
  readonly numberPhases: number | null;
  readonly v2x?: V2x | undefined;
  readonly until: number;
}

function reckoner(
  profiles: readonly InstalledProfile[],
  connectors: readonly Connector[],
  { connectorId, from, unit }: CompositeQuestion,
): (at: number) => Moment {
  const station = connectors.map((connector) => ({ connector, circuit: circuitOf(connector) }));
  const grid = gridOf(station.map(({ circuit }) => circuit));

  function onConnector({ connector, circuit }: typeof station[number], unit: RateUnit, at: number) {
    const startedAt = connector.transaction?.startedAt ?? from;
    const { bounds, leader, until } = boundsOn(profiles, connector.id, at, startedAt);
    const found = rateOf(bounds, circuit, unit, 1);
    const v2x = leader?.v2x && inUnit(leader, leader.v2x, unit, voltsOf(circuit, found.phases));
    return { ...found, v2x, until };
  }

  function onStation(at: number): Moment {
    const whole = boundsOn(profiles, 0, at, from);
    const { rate, phases } = rateOf(whole.bounds, grid, unit, 1);
    let sum = 0;
    let until = whole.until;
    for (const place of station) {
      // What direct current takes from the grid in amperes is a matter of its watts.
      const isThroughWatts = unit === "A" && place.circuit.dc;
      const part = onConnector(place, isThroughWatts ? "W" : unit, at);
      sum += isThroughWatts ? part.rate / GRID_VOLTS : part.rate;
      until = Math.min(until, part.until);
    }
    return { rate: Math.min(sum, rate), numberPhases: phases, until };
  }

  if (connectorId === 0) return onStation;
  const place = station.find(({ connector }) => connector.id === connectorId);
  if (place === undefined) {
    throw new RangeError(`Cannot reckon a schedule: there is no connector ${connectorId}`);
  }
  return (at) => {
    const { rate, phases, v2x, until } = onConnector(place, unit, at);
    return { rate, numberPhases: place.circuit.dc ? null : phases, v2x, until };
  };
}

/** What a profile wants beside charging, in another unit. */
function inUnit(bound: Bound, v2x: V2x, unit: RateUnit, volts: number): V2x {
  const rate = (given: number | null) => {
    if (given === null || bound.unit === unit) return given;
    const watts = wattsOf(given, bound.unit, volts);
    return unit === "W" ? watts : Math.trunc(watts / volts * 10) / 10;
  };
  return { ...v2x, setpoint: rate(v2x.setpoint), dischargeLimit: rate(v2x.dischargeLimit) };
}

/** Never upwards; the hair's breadth is for what binary fractions lose. */
function oneDecimal(rate: number): number {
  return Math.floor(rate * 10 + 1e-6) / 10;
}
