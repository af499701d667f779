import type { ConnectionStateName } from "../connection/mod.ts";
import type { CallTally, FleetCensus, Histogram, Traffic } from "../station/mod.ts";
import type { Store } from "../store/mod.ts";
import { each, histogramSamples, one } from "./metric_samples.ts";
import type { MetricFamily } from "./prometheus.ts";

/** The connections, as their metrics see them. */
export interface ConnectionFigures {
  census(): Readonly<Record<ConnectionStateName, number>>;
  /** Messages that wait behind slow sockets. */
  readonly queued: number;
}

/** The process, as its metrics see it. */
export interface ProcessFigures {
  readonly version: string;
  /** Since the start, in milliseconds. */
  readonly uptimeMs: number;
  /** In bytes. */
  readonly memory: { readonly rss: number; readonly heapUsed: number; readonly external: number };
  /** In milliseconds. */
  readonly loopDelays: Histogram;
}

/** Of connections and dials. */
export function connectionFamilies(
  connections: ConnectionFigures,
  { dials, opened, reconnects }: Traffic,
): MetricFamily[] {
  const states = Object.entries(connections.census());
  const why = "Times a dial or a connection failed and another dial was planned, by cause";
  return [
    each("gauge", "ocpp_emu_connections", "Connections by state", "state", states),
    one("counter", "ocpp_emu_dials_total", "Dials begun", dials),
    one("counter", "ocpp_emu_connections_opened_total", "Dials that led to a connection", opened),
    each("counter", "ocpp_emu_reconnects_total", why, "cause", reconnects),
    one(
      "gauge",
      "ocpp_emu_send_queue_messages",
      "Messages behind slow sockets",
      connections.queued,
    ),
  ];
}

/** Of frames and calls. `out`: by a station; `in`: by the CSMS. */
export function trafficFamilies(traffic: Traffic): MetricFamily[] {
  const calls = [...traffic.calls()];
  const labelsOf = ({ action, direction }: CallTally) => ({ action, direction });
  return [
    {
      name: "ocpp_emu_frames_total",
      help: "Frames by direction and type",
      type: "counter",
      samples: Object.entries(traffic.frames).flatMap(([direction, types]) =>
        Object.entries(types).map(([type, value]) => ({ labels: { direction, type }, value }))
      ),
    },
    each(
      "counter",
      "ocpp_emu_frame_bytes_total",
      "Bytes of frames as UTF-8, by direction",
      "direction",
      Object.entries(traffic.bytes),
    ),
    {
      name: "ocpp_emu_calls_total",
      help: "Calls that are over, by action, direction and result",
      type: "counter",
      samples: calls.flatMap((call) =>
        Object.entries(call.results).map(([result, value]) => ({
          labels: { ...labelsOf(call), result },
          value,
        }))
      ),
    },
    {
      name: "ocpp_emu_call_duration_seconds",
      help: "Time between a call and its answer, by action and direction",
      type: "histogram",
      samples: calls.flatMap((call) => histogramSamples(call.latencies, labelsOf(call))),
    },
  ];
}

/** Of stations and transactions. */
export function fleetFamilies(
  { registrations, transactions, queued }: FleetCensus,
): MetricFamily[] {
  const states = Object.entries(registrations);
  const waiting = "Messages of transactions that wait for their answers";
  return [
    each("gauge", "ocpp_emu_stations", "Stations by registration", "registration", states),
    one("gauge", "ocpp_emu_transactions_running", "Transactions that run", transactions),
    one("gauge", "ocpp_emu_outbox_messages", waiting, queued),
  ];
}

/** Of the store: its documents, which must survive, and the message log. */
export function storeFamilies(store: Pick<Store, "health" | "statistics">): MetricFamily[] {
  const healthy = one(
    "gauge",
    "ocpp_emu_store_healthy",
    "1 while documents can be written",
    store.health === "connected" ? 1 : 0,
  );
  const statistics = read(store);
  if (statistics === null) return [healthy];
  const { documents, messages } = statistics;
  const both = (
    type: "counter" | "gauge",
    name: string,
    help: string,
    figure: (part: typeof documents | typeof messages) => number,
  ) =>
    each(type, name, `${help}, by part of the store`, "part", [
      ["documents", figure(documents)],
      ["messages", figure(messages)],
    ]);
  return [
    healthy,
    both("counter", "ocpp_emu_store_writes_total", "Transactions written", (p) => p.transactions),
    both("gauge", "ocpp_emu_store_bytes", "Size of the database", (p) => p.bytes),
    both("gauge", "ocpp_emu_store_waiting", "Changes not written yet", (p) => p.waiting),
    both("counter", "ocpp_emu_store_shed_total", "Changes dropped", (p) => p.shed),
    both(
      "gauge",
      "ocpp_emu_store_has_failed",
      "1 once writing failed since the start",
      (p) => p.lastError === null ? 0 : 1,
    ),
    one("gauge", "ocpp_emu_message_log_rows", "Messages in the log", messages.rows),
  ];
}

/** A disk that cannot even be asked for its size must not hide all other figures. */
function read(store: Pick<Store, "statistics">) {
  try {
    return store.statistics();
  } catch {
    return null;
  }
}

/** Of the process. */
export function processFamilies(figures: ProcessFigures): MetricFamily[] {
  const { version, uptimeMs, memory, loopDelays } = figures;
  return [
    {
      name: "ocpp_emu_build_info",
      help: "The program that answers",
      type: "gauge",
      samples: [{ labels: { version }, value: 1 }],
    },
    one("gauge", "ocpp_emu_uptime_seconds", "Time since the start", uptimeMs / 1000),
    one("gauge", "process_resident_memory_bytes", "Resident memory", memory.rss),
    one("gauge", "ocpp_emu_heap_used_bytes", "JavaScript heap in use", memory.heapUsed),
    one("gauge", "ocpp_emu_external_memory_bytes", "Memory outside the heap", memory.external),
    {
      name: "ocpp_emu_event_loop_delay_seconds",
      help: "How late timers fire, looked at twice a second",
      type: "histogram",
      samples: histogramSamples(loopDelays),
    },
  ];
}
