import type { Triggered } from "./charger.ts";
import type { StatusReporter } from "./status_reporter.ts";
import type { Works } from "./works.ts";

/** What a CSMS triggers; `extended`: by ExtendedTriggerMessage. */
interface Wanted {
  readonly what: Triggered;
  readonly connectorId: number | null;
  readonly extended: boolean;
}

/** Says what the CSMS asks for (1.6 §5.17, 2.x F06). */
export function trigger(
  works: Works,
  reporter: StatusReporter,
  { what, connectorId, extended }: Wanted,
): void {
  const { line } = works;
  const all = [...works.all.keys()];
  const ids = connectorId === null ? all : [connectorId];
  switch (what) {
    case "boot":
      void line.registration.boot("Triggered");
      return;
    case "heartbeat":
      void line.sayFirst("heartbeat", null);
      return;
    case "status":
      for (const id of connectorId === null ? [0, ...ids] : ids) {
        void line.sayFirst("status", reporter.repeat(id));
      }
      return;
    case "meterValues":
      // There is no main meter: what goes through the station is what its connectors read.
      for (const id of connectorId === 0 ? all : ids) readMeter(works, id);
      return;
    case "transaction":
      for (const id of ids) {
        const connector = works.all.get(id);
        const sample = works.sample(id, "Trigger");
        const samples = sample.readings.length === 0 ? [] : [sample];
        if (connector?.transaction) void works.charging.updated(connector, "Trigger", samples);
      }
      return;
    case "publishFirmwareStatus":
      void line.sayFirst("publishFirmwareStatus", works.services.facilities.publications.current);
      return;
    case "firmwareStatus":
      void line.sayFirst("firmwareStatus", { ...works.services.firmware.current, extended });
      return;
    case "logStatus":
      void line.sayFirst("logStatus", { ...works.services.logs.current, extended });
      return;
    case "signCertificate":
      void works.services.certificates.own.request();
      return;
    default:
      return what satisfies never;
  }
}

function readMeter(works: Works, connectorId: number): void {
  const sample = works.sample(connectorId, "Trigger");
  if (sample.readings.length === 0) return;
  const connector = works.all.get(connectorId);
  if (connector?.transaction) void works.charging.updated(connector, "Trigger", [sample]);
  else void works.line.sayFirst("meterValues", { connectorId, samples: [sample] });
}
