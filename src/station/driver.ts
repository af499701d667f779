import type { Payload } from "../ocpp/mod.ts";
import type { CarInput } from "./energy/car.ts";
import type { ConnectorStatus, IdToken, StopReason } from "./words.ts";

/** What the CSMS said to the CALL that a driver's deed led to. */
export type CsmsSaid =
  | { readonly action: string; readonly payload: Payload }
  | {
    readonly action: string;
    readonly error: {
      readonly code: string;
      readonly description: string;
      readonly details: Payload;
    };
  };

/** What something that was done was about. */
interface Done {
  readonly transactionId?: string | number;
  /** The connector that the station picked, when it was left to it. */
  readonly connectorId?: number;
}

/** What became of something that a driver, a car or a fault did. */
export type Deed =
  /** The station did it. `csms` is absent when nobody had to be asked. */
  | (Done & { readonly kind: "done"; readonly csms?: CsmsSaid })
  /** It did it, and the CSMS will hear of it once there is a connection. */
  | (Done & { readonly kind: "queued" })
  /** Its state forbids it. `csms` is there when it was the CSMS that refused. */
  | { readonly kind: "refused"; readonly reason: string; readonly csms?: CsmsSaid }
  /** What was asked for breaks the schema of its OCPP version; nothing was sent. */
  | { readonly kind: "invalid"; readonly message: string }
  /** The CSMS did not answer in time. */
  | { readonly kind: "timeout"; readonly message: string };

/**
 * What a driver, a car or a fault can do to a station, over HTTP or by chance. None rejects; an unknown
 * connector is `refused`.
 */
export interface Driver {
  /** A cable goes into a car. `car`: which; absent: any. */
  plug(connectorId: number, car?: CarInput): Promise<Deed>;
  unplug(connectorId: number): Promise<Deed>;
  /** Presents a token; connector `null`: the station has one reader, and picks the connector itself. */
  authorize(connectorId: number | null, idToken: IdToken): Promise<Deed>;
  /** All that it takes: plugs in if need be, presents the token, waits for the CSMS's word. */
  startTransaction(connectorId: number, idToken: IdToken | null): Promise<Deed>;
  /** Ends what runs there. `reason` is `Local` unless given; the cable stays in. */
  stopTransaction(
    connectorId: number,
    how: { readonly reason?: StopReason; readonly idToken?: IdToken },
  ): Promise<Deed>;
  /** A fault, its end, a car that pauses: brings the connector to a status if the rules let it. 0: the station. */
  status(
    connectorId: number,
    to: { readonly status: ConnectorStatus; readonly errorCode?: string; readonly info?: string },
  ): Promise<Deed>;
  /** Sends a CALL of any action of the station, checked by its schema unless the user wants it raw. */
  call(action: string, payload: Payload): Promise<Deed>;
}

/** A transaction as the API shows it. Times are ISO 8601. */
export interface TransactionView {
  /** Our own. */
  readonly id: string;
  /** As the CSMS knows it (1.6), `null` until it said so. */
  readonly transactionId: string | number | null;
  readonly connectorId: number;
  readonly idToken: string | null;
  readonly state: "running" | "ended";
  readonly chargingState: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly meterStartWh: number;
  /** So far, or at the end. */
  readonly energyWh: number;
  readonly stopReason: StopReason | null;
}

/** A connector as the API shows it. */
export interface ConnectorView {
  readonly id: number;
  readonly type: string;
  readonly maxPower: number;
  readonly status: ConnectorStatus;
  readonly errorCode: string;
  readonly plugged: boolean;
  readonly reservationId: number | null;
  readonly meterWh: number;
  readonly powerW: number;
  readonly soc: number | null;
  /** What smart charging lets flow now, in watts; `null`: no limit. */
  readonly limitW: number | null;
  readonly transactionId: string | number | null;
}

/** A station as lists show it. */
export interface StationSummary {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly autoStart: boolean;
  readonly protocolVersions: readonly string[];
  /** `config.yaml` or `api`. */
  readonly source: "config" | "api";
  readonly state: string;
  /** The boot: `unknown`, `accepted`, `pending` or `rejected`. */
  readonly registration: string;
  readonly connectors: readonly { readonly id: number; readonly status: ConnectorStatus }[];
  readonly tags: readonly string[];
}

/** A station whole, as the API shows it. No secret is in it. */
export interface StationView extends Omit<StationSummary, "connectors"> {
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber: string | null;
  readonly firmwareVersion: string | null;
  readonly securityProfile: number;
  readonly connectors: readonly ConnectorView[];
  /** Those that run, then the last that ended. */
  readonly transactions: readonly TransactionView[];
  /** Transaction messages that wait for the CSMS. */
  readonly queuedMessages: number;
  readonly configuration: readonly {
    readonly key: string;
    readonly value: string | null;
    readonly readonly: boolean;
  }[];
  readonly localList: { readonly version: number; readonly entries: number };
  readonly reservations: readonly {
    readonly id: number;
    readonly connectorId: number;
    readonly idToken: string;
    readonly expiresAt: string;
  }[];
  readonly profiles: readonly { readonly connectorId: number; readonly profile: unknown }[];
  readonly firmware: { readonly status: string };
  readonly logs: { readonly status: string };
}
