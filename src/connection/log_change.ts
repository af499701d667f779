import type { Log } from "../log/mod.ts";
import type { StateChange } from "./outcome.ts";

/** One line for each change that a reader of the log wants to know of. */
export function logChange(log: Log, { stationId, to, ended }: StateChange, failures: number): void {
  const station = { station: stationId };
  switch (to.name) {
    case "connecting":
      return log.debug("Connecting", station);
    case "connected":
      return log.info("Connected", { ...station, subprotocol: to.subprotocol });
    case "reconnecting": {
      const retryAt = new Date(to.retryAt).toISOString();
      if (to.cause.kind === "asked") {
        return log.info("Reconnecting as asked", { ...station, retryAt });
      }
      const what = ended === null ? "Cannot connect" : "Connection lost";
      return log.warn(`${what}: ${to.cause.message}`, {
        ...station,
        cause: to.cause.kind,
        failures,
        retryAt,
      });
    }
    case "error":
      return log.warn(
        `Gave up after ${failures} failed dials in a row (${to.cause.message}): connect it by ` +
          "hand with POST /api/connections/:id/connect, or set csms.max_reconnect_attempts to 0 " +
          "to never give up",
        { ...station, cause: to.cause.kind, failures },
      );
    case "disconnected":
      return log.info("Disconnected by hand", station);
    case "closed":
      return log.debug("Closed", station);
    default:
      return to satisfies never;
  }
}
