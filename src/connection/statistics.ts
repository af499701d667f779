import { isoTime } from "../log/mod.ts";
import type { Client } from "./client.ts";
import type { ConnectionStateName } from "./state.ts";

/** The facts of one connection, as `GET /api/connections/:id` tells them. Times are ISO 8601. */
export interface ConnectionStatistics {
  readonly stationId: string;
  readonly state: ConnectionStateName;
  /** The URL dialled, station id included. */
  readonly url: string;
  /** What the server chose, while connected. */
  readonly subprotocol: string | null;
  readonly connectedAt: string | null;
  readonly disconnectedAt: string | null;
  /** The last text frame in either direction. */
  readonly lastMessageAt: string | null;
  /** Failed dials in a row. */
  readonly reconnectAttempts: number;
  readonly messagesSent: number;
  readonly messagesReceived: number;
  /** UTF-8 payload. */
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** One sentence about the last thing that went wrong. */
  readonly lastError: string | null;
  /** The round trip of the last CALL, in milliseconds. */
  readonly latencyMs: number | null;
  /** Messages waiting behind a slow socket. */
  readonly queued: number;
}

/** The statistics of one client, as they are now. */
export function statisticsOf(client: Client): ConnectionStatistics {
  const { tally, state } = client;
  return {
    stationId: client.stationId,
    state: state.name,
    url: client.url,
    subprotocol: state.name === "connected" ? state.subprotocol : null,
    connectedAt: iso(tally.connectedAt),
    disconnectedAt: iso(tally.disconnectedAt),
    lastMessageAt: iso(tally.lastMessageAt),
    reconnectAttempts: client.failures,
    messagesSent: tally.messagesSent,
    messagesReceived: tally.messagesReceived,
    bytesSent: tally.bytesSent,
    bytesReceived: tally.bytesReceived,
    lastError: tally.lastError,
    latencyMs: tally.latencyMs,
    queued: client.queued,
  };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}
