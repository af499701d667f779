import type { ConnectorFacts } from "../charger.ts";
import type { Car } from "../energy/car.ts";
import type { IdToken } from "../words.ts";

/** What drivers look at. */
export type LivingConnector = Pick<ConnectorFacts, "id" | "type" | "maxPower" | "status">;

/**
 * What chance may do to a station. Every promise settles, with `null` when it was done or with the
 * reason why not; none rejects. A refusal is everyday: life goes on.
 */
export interface LifePort {
  /** Whether the boot is accepted: nobody comes to a station that is not, and it has no faults. */
  readonly booted: boolean;
  /** Always the same ones, at least one. */
  connectors(): readonly LivingConnector[];
  plug(connectorId: number, car: Car): Promise<string | null>;
  /** Presents a token at a connector: to start there, or to end what it started. */
  authorize(connectorId: number, idToken: IdToken): Promise<string | null>;
  unplug(connectorId: number): Promise<string | null>;
  /** `errorCode` as 1.6 spells it (§7.6). */
  fault(connectorId: number, errorCode: string): Promise<string | null>;
  clearFault(connectorId: number): Promise<string | null>;
}
