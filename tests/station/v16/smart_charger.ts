/**
 * What the smart charging commands of 1.6 see of a station.
 *
 * @module
 */
import assert from "node:assert/strict";
import { createLog, memorySink } from "../../../src/log/mod.ts";
import type { v16 } from "../../../src/ocpp/mod.ts";
import type { Charger, ConnectorFacts } from "../../../src/station/charger.ts";
import { Answer, type Command } from "../../../src/station/dialect.ts";
import { SETTINGS } from "../../../src/station/settings/definitions.ts";
import { Profiles } from "../../../src/station/smart/profiles.ts";
import { connector, MONDAY, transaction } from "../smart/builders.ts";

/** Half a second past midnight; a transaction runs on connector 2 of two. */
export class SmartCharger {
  readonly profiles = new Profiles();
  readonly #sink = memorySink();
  readonly #list: readonly ConnectorFacts[] = [
    connector(1),
    connector(2, { transaction: transaction(2) }),
  ];
  /** How often the station was told to reckon anew. */
  reckoned = 0;
  readonly log = createLog({
    level: "debug",
    format: "json",
    sink: this.#sink,
    clock: { now: () => MONDAY },
  });
  /** What differs from the defaults of the settings. */
  readonly changed: Record<string, unknown> = {};
  readonly settings = {
    get: (name: keyof typeof SETTINGS) => this.changed[name] ?? SETTINGS[name].default,
  };

  now(): number {
    return MONDAY + 500;
  }

  connectors(): readonly ConnectorFacts[] {
    return this.#list;
  }

  connector(id: number): ConnectorFacts | undefined {
    return this.#list.find((one) => one.id === id);
  }

  limitsChanged(): void {
    this.reckoned++;
  }

  /** The only warning there is. */
  get warning(): string {
    assert.equal(this.#sink.lines.length, 1, this.#sink.lines.join());
    return JSON.parse(this.#sink.lines[0]!).message;
  }

  /** Calls, and does what is to be done once the answer is on its way. */
  async call(command: Command, request: object): Promise<Record<string, unknown>> {
    const answer = await command(this as unknown as Charger, { ...request });
    if (!(answer instanceof Answer)) return answer;
    assert.equal(this.reckoned, 0, "the answer goes out first");
    answer.after();
    return answer.payload;
  }
}

/** A TxDefaultProfile of 10 A from Monday's midnight. */
export function profile16(rest: Partial<v16.ChargingProfile> = {}): v16.ChargingProfile {
  return {
    chargingProfileId: 1,
    stackLevel: 0,
    chargingProfilePurpose: "TxDefaultProfile",
    chargingProfileKind: "Absolute",
    chargingSchedule: {
      startSchedule: "2026-01-05T00:00:00Z",
      chargingRateUnit: "A",
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }],
    },
    ...rest,
  };
}
