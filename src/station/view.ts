import type { ConnectorView, StationSummary, StationView, TransactionView } from "./driver.ts";
import type { Connector } from "./connector.ts";
import type { Station } from "./station.ts";
import type { Transaction } from "./transactions/transaction.ts";

/** A station as lists show it. `state` is its connection's. */
export function summaryOf(station: Station, state: string): StationSummary {
  const { config, line, all } = station;
  return {
    id: config.id,
    name: config.name,
    enabled: config.enabled,
    autoStart: config.autoStart,
    protocolVersions: config.protocolVersions,
    source: "config",
    state,
    registration: line.registration.state,
    connectors: Array.from(all.values(), ({ id, status }) => ({ id, status })),
    tags: config.tags,
  };
}

/** A station whole. It shows no secret. */
export function viewOf(station: Station, state: string): StationView {
  const { all, charging, line, identity } = station;
  const dialect = line.dialect ?? station.languages[0]?.dialect;
  const running = [...all.values()].flatMap(({ transaction, meter }) =>
    transaction === null ? [] : [transactionView(transaction, meter?.importWh ?? 0)]
  );
  return {
    ...summaryOf(station, state),
    vendor: identity.vendor,
    model: identity.model,
    serialNumber: identity.serialNumber,
    firmwareVersion: identity.firmwareVersion,
    securityProfile: station.settings.get("securityProfile"),
    connectors: Array.from(all.values(), (connector) => connectorView(station, connector)),
    transactions: [...running, ...charging.ended.map((ended) => transactionView(ended, 0))],
    queuedMessages: line.outbox.size,
    configuration: dialect?.configuration(station) ?? [],
    localList: { version: station.localList.version, entries: station.localList.size },
    reservations: station.reservations.all.map(({ id, connectorId, idToken, expiresAt }) => ({
      id,
      connectorId,
      idToken: idToken.idToken,
      expiresAt: iso(expiresAt),
    })),
    profiles: station.profiles.list(station.now()),
    // Looking at a station must not make what it never needed.
    firmware: { status: station.isServed ? station.services.firmware.current.status : "Idle" },
    logs: { status: station.isServed ? station.services.logs.current.status : "Idle" },
  };
}

function connectorView(station: Station, connector: Connector): ConnectorView {
  const { id, type, maxPower, status, state, meter, transaction } = connector;
  return {
    id,
    type,
    maxPower,
    status,
    errorCode: state.fault?.errorCode ?? "NoError",
    plugged: state.plugged,
    reservationId: state.reservationId,
    meterWh: meter?.importWh ?? 0,
    powerW: Math.round(meter?.powerW ?? 0),
    soc: meter?.soc ?? null,
    limitW: station.flow.limit(connector).watts,
    transactionId: transaction?.name ?? null,
  };
}

/** A transaction as the API shows it. @param meterWh the import register now, while it runs */
export function transactionView(transaction: Transaction, meterWh: number): TransactionView {
  const { facts, end, chargingState } = transaction;
  return {
    id: facts.id,
    transactionId: facts.csmsId,
    connectorId: facts.connectorId,
    idToken: facts.idToken?.idToken ?? null,
    state: end === null ? "running" : "ended",
    chargingState,
    startedAt: iso(facts.startedAt),
    endedAt: end === null ? null : iso(end.at),
    meterStartWh: facts.meterStartWh,
    energyWh: (end?.meterStopWh ?? meterWh) - facts.meterStartWh,
    stopReason: end?.reason ?? null,
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
